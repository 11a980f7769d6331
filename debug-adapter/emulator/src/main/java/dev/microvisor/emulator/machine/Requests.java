package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.guest.StopReason;

/**
 * What was asked of the machine and is done between two instructions. Owned by the machine's
 * thread, except {@link #pause}.
 */
final class Requests {
    /** The application is to begin anew. */
    boolean restart;

    /** The core executes nothing until the application restarts. */
    boolean halted;

    /** Why the run is to end, or null. */
    StopReason stop;

    /** Somebody, on any thread, wants the run to end. */
    volatile boolean pause;

    /** The first reason wins. */
    void stop(StopReason reason) {
        if (stop == null) {
            stop = reason;
        }
    }

    StopReason takeStop() {
        StopReason reason = stop;
        stop = null;
        return reason;
    }

    /** True when the core does not simply go on. */
    boolean any() {
        return restart || halted || stop != null;
    }
}
