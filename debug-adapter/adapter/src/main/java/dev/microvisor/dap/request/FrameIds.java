package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.view.FramePlace;
import dev.microvisor.dap.view.GuestThreads.GuestThread;
import dev.microvisor.dap.view.StackView;

/**
 * Numbers of frames in the protocol: 1 is the innermost on the core; frames of tasks that do not
 * run have the number of their thread in the upper bits. They hold until the firmware goes on.
 */
final class FrameIds {
    /** More frames than a backtrace has. */
    private static final int FRAME_BITS = 12;

    private FrameIds() {}

    static int of(GuestThread thread, int index) {
        return (thread.onCore() ? 0 : thread.number() << FRAME_BITS) | index + 1;
    }

    /** The frame of a number; null stands for the innermost on the core. */
    static FramePlace place(Integer id, Debugged debugged) {
        if (id == null) {
            return new FramePlace(debugged.stack(), 0, true);
        }
        int thread = id >>> FRAME_BITS;
        StackView stack =
                thread == 0
                        ? debugged.stack()
                        : debugged.threads()
                                .thread(thread)
                                .filter(t -> !t.onCore())
                                .flatMap(GuestThread::stack)
                                .orElseThrow(() -> unknown(id));
        int index = (id & (1 << FRAME_BITS) - 1) - 1;
        if (index < 0 || index >= stack.frames().size()) {
            throw unknown(id);
        }
        return new FramePlace(stack, index, thread == 0);
    }

    /** As {@link #place}, for what can be done only to the code on the core. */
    static int onCore(Integer id, Debugged debugged) {
        FramePlace place = place(id, debugged);
        if (!place.onCore()) {
            throw new RequestFailed(
                    "this task does not run: choose a frame of the thread that runs");
        }
        return place.index();
    }

    private static RequestFailed unknown(int id) {
        return new RequestFailed("there is no frame " + id + " at this stop");
    }
}
