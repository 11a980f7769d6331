package dev.microvisor.emulator.guest;

/** Why a run ended. */
public sealed interface StopReason {
    /** One line for people. */
    String text();

    /** The instruction number asked for was reached. */
    record LimitReached() implements StopReason {
        @Override
        public String text() {
            return "reached the limit";
        }
    }

    /** One step was made, forwards or back, and nothing else ended it. */
    record Stepped() implements StopReason {
        @Override
        public String text() {
            return "stepped";
        }
    }

    /** The next instruction is at a breakpoint. */
    record Breakpoint(int address) implements StopReason {
        @Override
        public String text() {
            return String.format("breakpoint at 0x%08x", address);
        }
    }

    /** An access touched a watched range; the instruction has completed. */
    record Watchpoint(int watchpointId, int address, boolean write) implements StopReason {
        @Override
        public String text() {
            return String.format("%s of 0x%08x", write ? "write" : "read", address);
        }
    }

    /** Somebody asked for it. */
    record Paused() implements StopReason {
        @Override
        public String text() {
            return "paused";
        }
    }

    /**
     * A fault that the application did not handle. The core still shows the state at the faulting
     * instruction.
     *
     * @param kind HardFault, MemManage, BusFault, UsageFault, SecureFault or Lockup
     * @param pc address of the faulting instruction
     * @param cfsr Configurable Fault Status Register
     * @param hfsr HardFault Status Register
     * @param faultAddress MMFAR or BFAR, valid when CFSR says so
     * @param detail one sentence in words
     */
    record Fault(String kind, int pc, int cfsr, int hfsr, int faultAddress, String detail)
            implements StopReason {
        @Override
        public String text() {
            return String.format("%s at 0x%08x: %s", kind, pc, detail);
        }
    }

    /** The firmware sleeps and nothing can wake it. */
    record IdleForGood(int pc) implements StopReason {
        @Override
        public String text() {
            return String.format("idle for good at 0x%08x: nothing is due to wake it", pc);
        }
    }

    /** The firmware ended its own run: semihosting exit, test complete, deep sleep for ever. */
    record Exited(int code, String detail) implements StopReason {
        @Override
        public String text() {
            return detail;
        }
    }

    /** A system call or an event that somebody asked to stop at. */
    record Event(String kind, String detail) implements StopReason {
        @Override
        public String text() {
            return kind + ": " + detail;
        }
    }
}
