package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.view.GuestThreads.GuestThread;

/** Threads by the numbers that clients have of them. */
final class ThreadIds {
    private ThreadIds() {}

    static GuestThread thread(int number, Debugged debugged) {
        return debugged.threads()
                .thread(number)
                .orElseThrow(
                        () -> new RequestFailed("there is no thread " + number + " at this stop"));
    }

    /** Steps are made by the code on the core; a task that waits cannot make one. */
    static void needOnCore(int number, Debugged debugged) {
        GuestThread thread = ThreadIds.thread(number, debugged);
        if (!thread.onCore()) {
            throw new RequestFailed(
                    thread.name()
                            + " does not run and cannot step: set a breakpoint where it goes on, or"
                            + " step the thread that runs");
        }
    }
}
