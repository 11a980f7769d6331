package dev.microvisor.debug.explore;

import dev.microvisor.dap.report.CrashReport;
import dev.microvisor.emulator.guest.StopReason;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param text what is to be said about it; empty when {@code kind} says it all
 * @param executed instructions that were executed, time asleep left out
 */
record RunEnd(Kind kind, String text, long executed, Optional<CrashReport> crash) {
    /** In what way. */
    enum Kind {
        /** Nothing is due that would wake it. */
        IDLE,
        /** It ended itself. */
        EXIT,
        /** The time was up. */
        LIMIT,
        /** It executed more than it was allowed to. */
        BUSY,
        CRASH,
        OVERFLOW,
        /** Something that is not emulated. */
        UNSUPPORTED
    }

    /** Bit 20 of CFSR: STKOF, a stack limit was passed. */
    private static final int STACK_OVERFLOW = 1 << 20;

    static RunEnd of(StopReason reason, long executed) {
        Kind kind =
                reason instanceof StopReason.IdleForGood
                        ? Kind.IDLE
                        : reason instanceof StopReason.Exited
                                ? Kind.EXIT
                                : reason instanceof StopReason.Event
                                        ? Kind.UNSUPPORTED
                                        : Kind.LIMIT;
        return new RunEnd(kind, reason.text(), executed, Optional.empty());
    }

    static RunEnd crash(CrashReport report, long executed) {
        boolean overflow = (report.fault().cfsr() & STACK_OVERFLOW) != 0;
        return new RunEnd(
                overflow ? Kind.OVERFLOW : Kind.CRASH,
                report.text(),
                executed,
                Optional.of(report));
    }

    static RunEnd overflow(String text, long executed) {
        return new RunEnd(Kind.OVERFLOW, text, executed, Optional.empty());
    }

    static RunEnd busy(long executed) {
        return new RunEnd(Kind.BUSY, "", executed, Optional.empty());
    }

    /** True for an end that is not of the firmware's making. */
    boolean isCutOff() {
        return kind == Kind.LIMIT || kind == Kind.BUSY;
    }
}
