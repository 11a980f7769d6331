package dev.microvisor.dap.session;

import dev.microvisor.dap.motion.Stop;

/** Where a session stands. Owned by the machine's thread. */
public sealed interface SessionState {
    /** What requests that come in the wrong state are told. */
    String text();

    /** Connected; {@code initialize} has not come yet. */
    record Fresh() implements SessionState {
        @Override
        public String text() {
            return "the session is not initialized: send initialize first";
        }
    }

    /** Initialized; nothing is launched. */
    record Initialized() implements SessionState {
        @Override
        public String text() {
            return "nothing is launched: send launch with the path of an ELF file first";
        }
    }

    /**
     * Firmware is loaded and stands still; the client sets its breakpoints.
     *
     * @param left false at reset, true where another client left it
     */
    record Configuring(Debugged debugged, boolean left) implements SessionState, Launched {
        @Override
        public String text() {
            return "the session is being configured: send configurationDone first";
        }
    }

    /** The firmware stands still. */
    record Stopped(Debugged debugged, Stop stop) implements SessionState, Launched {
        @Override
        public String text() {
            return "the firmware is stopped: " + stop.description();
        }
    }

    /** The firmware runs. */
    record Running(Debugged debugged) implements SessionState, Launched {
        @Override
        public String text() {
            return "the firmware is running: pause it first";
        }
    }

    /** Over; only {@code disconnect} is answered. */
    record Ended() implements SessionState {
        @Override
        public String text() {
            return "the session has ended";
        }
    }

    /** The states in which there is firmware. */
    sealed interface Launched permits Configuring, Stopped, Running {
        Debugged debugged();
    }
}
