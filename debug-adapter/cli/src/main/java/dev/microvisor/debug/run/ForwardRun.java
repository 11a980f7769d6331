package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.report.CrashReport;
import dev.microvisor.emulator.guest.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a machine forwards, through faults that its firmware handles itself. */
public final class ForwardRun {
    /**
     * What handling a fault may take at most; a loop for ever is how firmware says that it crashed.
     */
    private static final long HANDLER_INSTRUCTIONS = 1_000_000;

    /** Faults within one handling that are reported: each has a higher priority than the last. */
    private static final int MAX_IN_HANDLERS = 4;

    private static final int HARD_FAULT = 3;
    private static final int SECURE_FAULT = 7;

    private final Target target;
    private final Optional<Consumer<CrashReport>> restarts;

    /** A crash is the end, also when Microvisor would start the application again. */
    public ForwardRun(Target target) {
        this(target, Optional.empty());
    }

    /**
     * A crash is the end unless Microvisor starts the application again.
     *
     * @param restarts is told of a crash that is not the end
     */
    public ForwardRun(Target target, Consumer<CrashReport> restarts) {
        this(target, Optional.of(restarts));
    }

    private ForwardRun(Target target, Optional<Consumer<CrashReport>> restarts) {
        this.target = target;
        this.restarts = restarts;
    }

    /**
     * Why it stopped.
     *
     * @param crash present when the firmware did not handle the fault that {@code reason} is
     */
    public record Stopped(StopReason reason, Optional<CrashReport> crash) {}

    /**
     * @param until stop before the instruction with this number
     */
    public Stopped run(long until) {
        return run(until, until);
    }

    /**
     * A part of a longer run.
     *
     * @param limit where the longer run ends; a fault handler may go on beyond {@code until}
     */
    public Stopped run(long until, long limit) {
        StopReason reason = target.machine().run(until);
        while (reason instanceof StopReason.Fault fault && !target.crashed()) {
            // Here the stack still shows how it came to the fault; after a handler it may not.
            CrashReport report = CrashReport.of(target, fault);
            int crashesBefore = target.crashes();
            long grace = Math.min(target.machine().now() + HANDLER_INSTRUCTIONS, limit);
            reason = target.machine().run(grace);
            List<CrashReport> inHandlers = new ArrayList<>();
            while (reason instanceof StopReason.Fault further
                    && target.crashes() == crashesBefore
                    && isInFaultHandler()
                    && inHandlers.size() < MAX_IN_HANDLERS) {
                inHandlers.add(CrashReport.of(target, further));
                reason = target.machine().run(grace);
            }
            report = report.with(inHandlers);
            boolean taken = target.crashes() > crashesBefore;
            boolean crashed = taken || isInFaultHandler();
            if (crashed && restarts.isPresent() && startsAgain(taken, fault)) {
                restarts.get().accept(report);
            } else if (crashed) {
                return new Stopped(fault, Optional.of(report));
            }
            if (reason instanceof StopReason.LimitReached && target.machine().now() < until) {
                reason = target.machine().run(until);
            }
        }
        return reason instanceof StopReason.Fault fault
                ? new Stopped(fault, Optional.of(CrashReport.of(target, fault)))
                : new Stopped(reason, Optional.empty());
    }

    /**
     * @param taken whether Microvisor knows of the crash already
     */
    private boolean startsAgain(boolean taken, StopReason.Fault fault) {
        return taken ? !target.crashed() : target.startAgain(fault);
    }

    private boolean isInFaultHandler() {
        int exception = target.machine().registers().xpsr() & 0x1FF;
        return exception >= HARD_FAULT && exception <= SECURE_FAULT;
    }
}
