package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;

/** Numbers of frames in the protocol: 1 is the innermost. They hold until the firmware goes on. */
final class FrameIds {
    private FrameIds() {}

    static int of(int index) {
        return index + 1;
    }

    /** Index of a frame; null stands for the innermost. */
    static int index(Integer id, Debugged debugged) {
        if (id == null) {
            return 0;
        }
        if (id < 1 || id > debugged.frames().size()) {
            throw new RequestFailed("there is no frame " + id + " at this stop");
        }
        return id - 1;
    }
}
