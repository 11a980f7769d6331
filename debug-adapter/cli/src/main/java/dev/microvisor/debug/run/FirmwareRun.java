package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.report.CrashReport;
import dev.microvisor.dap.view.Times;
import dev.microvisor.debug.ExitCodes;
import dev.microvisor.debug.run.RunOutput.CallPlace;
import dev.microvisor.debug.run.RunOutput.ConsoleLine;
import dev.microvisor.debug.run.RunOutput.Note;
import dev.microvisor.debug.run.RunOutput.RunEnd;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.ChannelView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.LogLine;
import dev.microvisor.symbols.line.SourceLine;
import java.util.Optional;

/** One run of firmware from reset to its end. */
public final class FirmwareRun implements KernelListener {
    /** What a handler may take at most; a loop for ever is how firmware says that it crashed. */
    private static final long HANDLER_INSTRUCTIONS = 1_000_000;

    private static final int HARD_FAULT = 3;
    private static final int SECURE_FAULT = 7;

    private final Target target;
    private final RunOutput output;
    private final boolean trace;
    private final Optional<Goal> goal;
    private final Optional<ExpectedLines> expected;
    private boolean goalReached;

    public FirmwareRun(
            Target target,
            RunOutput output,
            boolean trace,
            Optional<Goal> goal,
            Optional<ExpectedLines> expected) {
        this.target = target;
        this.output = output;
        this.trace = trace;
        this.goal = goal;
        this.expected = expected;
        target.listen(this);
        target.console(this::console);
        target.warnings(output::warning);
    }

    /** Runs to the end; how it ended has been written when this returns. */
    public RunEnd run(RunLimit limit) {
        StopReason reason = target.machine().run(limit.instructions());
        while (goesOn(reason)) {
            if (reason instanceof StopReason.Fault fault) {
                // Here the stack still shows how it came to the fault; after a handler it may not.
                CrashReport report = CrashReport.of(target, fault);
                reason = handle(limit);
                if (target.crashed() || isInFaultHandler()) {
                    return end(report);
                }
            }
            boolean handled = reason instanceof StopReason.LimitReached;
            boolean paused = reason instanceof StopReason.Paused;
            if ((handled || paused) && target.machine().now() < limit.instructions()) {
                reason = target.machine().run(limit.instructions());
            }
        }
        if (reason instanceof StopReason.Fault fault) {
            return end(CrashReport.of(target, fault));
        }
        RunEnd end = judge(reason, limit);
        output.ended(end);
        return end;
    }

    private RunEnd end(CrashReport report) {
        output.crashed(report);
        RunEnd end =
                end(
                        "crash",
                        "crashed: " + report.fault().kind() + " at " + report.where(),
                        ExitCodes.CRASHED);
        output.ended(end);
        return end;
    }

    /** Lets the firmware handle a fault; a handler that does not come to an end is none. */
    private StopReason handle(RunLimit limit) {
        long grace = target.machine().now() + HANDLER_INSTRUCTIONS;
        return target.machine().run(Math.min(grace, limit.instructions()));
    }

    private boolean isInFaultHandler() {
        int exception = target.machine().registers().xpsr() & 0x1FF;
        return exception >= HARD_FAULT && exception <= SECURE_FAULT;
    }

    private boolean goesOn(StopReason reason) {
        boolean pausedByOther = reason instanceof StopReason.Paused && !goalReached;
        boolean mayBeHandled = reason instanceof StopReason.Fault && !target.crashed();
        return pausedByOther || mayBeHandled;
    }

    private RunEnd judge(StopReason reason, RunLimit limit) {
        if (reason instanceof StopReason.Event) {
            return end("unsupported", reason.text(), ExitCodes.COULD_NOT_RUN);
        }
        if (goal.isPresent() && !goalReached) {
            return end(
                    "not-as-expected",
                    "no line for --until "
                            + goal.get().source()
                            + ":"
                            + goal.get().pattern()
                            + "; "
                            + words(reason, limit),
                    ExitCodes.NOT_AS_EXPECTED);
        }
        Optional<String> missing = expected.flatMap(ExpectedLines::missing);
        if (missing.isPresent()) {
            return end(
                    "not-as-expected",
                    "expected log line did not come: \""
                            + missing.get()
                            + "\"; "
                            + words(reason, limit),
                    ExitCodes.NOT_AS_EXPECTED);
        }
        if (goalReached) {
            return end("until", "the line of --until came", ExitCodes.DONE);
        }
        if (reason instanceof StopReason.Exited exited) {
            return end(
                    "exit",
                    exited.detail(),
                    exited.code() == 0 ? ExitCodes.DONE : ExitCodes.FIRMWARE_FAILED);
        }
        if (reason instanceof StopReason.IdleForGood) {
            return end("idle", words(reason, limit), ExitCodes.DONE);
        }
        return end(
                "limit",
                words(reason, limit),
                expected.isPresent() ? ExitCodes.DONE : ExitCodes.LIMIT_REACHED);
    }

    private String words(StopReason reason, RunLimit limit) {
        if (reason instanceof StopReason.IdleForGood idle) {
            return "idle for good in "
                    + target.describe(idle.pc())
                    + ": nothing is due that would wake the firmware";
        }
        if (reason instanceof StopReason.LimitReached) {
            return "reached the limit of " + limit.text();
        }
        return reason.text();
    }

    private RunEnd end(String reason, String detail, int exitCode) {
        long now = target.machine().now();
        return new RunEnd(reason, detail, now, microseconds(now), exitCode);
    }

    private long microseconds(long instruction) {
        return Times.microseconds(instruction, target.machine().clockHz());
    }

    @Override
    public void logged(LogLine line) {
        output.logged(line);
        if (line.channel().equals("server")) {
            expected.ifPresent(e -> e.logged(line.text()));
            reach("log", line.text());
        }
    }

    private void console(String port, String text, long microseconds) {
        output.console(new ConsoleLine(target.machine().now(), microseconds, port, text));
        reach("console", text);
    }

    private void reach(String source, String text) {
        if (!goalReached && goal.isPresent() && goal.get().reachedBy(source, text)) {
            goalReached = true;
            target.machine().pause();
        }
    }

    @Override
    public boolean wantsCalls() {
        return trace;
    }

    @Override
    public void called(CallView call) {
        // The return address is after the call; the call itself is what people look for.
        Optional<SourceLine> line = target.program().lineAt(call.callSite() - 2);
        output.called(
                call,
                new CallPlace(
                        call.callSite(),
                        target.functionName(call.callSite() - 2),
                        line.map(l -> target.sources().display(l.file().path())).orElse(""),
                        line.map(SourceLine::line).orElse(0)));
    }

    @Override
    public void notificationPosted(NotificationPosted posted) {
        if (trace) {
            output.note(
                    new Note(
                            "notification",
                            posted.instruction(),
                            posted.microseconds(),
                            String.format(
                                    "%s tag 0x%08x in record %d of centre 0x%08x, IRQ %d",
                                    posted.eventName(),
                                    posted.tag(),
                                    posted.index(),
                                    posted.centreHandle(),
                                    posted.irq())));
        }
    }

    @Override
    public void networkChanged(String status, long instruction) {
        noteWhenTracing("network", instruction, status);
    }

    @Override
    public void channelChanged(ChannelView channel, String what) {
        noteWhenTracing(
                "channel",
                target.machine().now(),
                String.format("%s 0x%08x: %s", channel.type(), channel.handle(), what));
    }

    @Override
    public void faultInjected(String description, long instruction) {
        output.note(new Note("fault", instruction, microseconds(instruction), description));
    }

    @Override
    public void applicationRestarted(String wakeReason, long instruction) {
        output.note(
                new Note(
                        "restart",
                        instruction,
                        microseconds(instruction),
                        "the application starts again: " + wakeReason));
    }

    private void noteWhenTracing(String kind, long instruction, String text) {
        if (trace) {
            output.note(new Note(kind, instruction, microseconds(instruction), text));
        }
    }
}
