package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.BothListeners;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.report.CrashReport;
import dev.microvisor.dap.view.Times;
import dev.microvisor.debug.ExitCodes;
import dev.microvisor.debug.run.RunOutput.ConsoleLine;
import dev.microvisor.debug.run.RunOutput.Note;
import dev.microvisor.debug.run.RunOutput.RunEnd;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.ChannelView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.LogLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of firmware from reset to its end. */
public final class FirmwareRun implements KernelListener {
    private static final int KEPT_LOG_LINES = 2000;

    /** Instructions between two words about how far a run is: a second or less. */
    private static final long PORTION = 50_000_000;

    private final Target target;
    private final EmulatedBoard board;
    private final RunOutput output;
    private final boolean trace;
    private final Optional<Goal> goal;
    private final Optional<ExpectedLines> expected;
    private final CallPlaces places;
    private final ArrayDeque<String> log = new ArrayDeque<>();
    private Injecting injecting = new Injecting(null, List.of());
    private boolean goalReached;
    private boolean abandoned;
    private volatile Optional<Interrupted> interrupted = Optional.empty();
    private boolean reportsMemory;
    private long stopoverAt;
    private Optional<Stopover> stopover = Optional.empty();
    private Optional<Consumer<Progress>> progress = Optional.empty();

    public FirmwareRun(
            Target target,
            EmulatedBoard board,
            RunOutput output,
            boolean trace,
            Optional<Goal> goal,
            Optional<ExpectedLines> expected) {
        this.target = target;
        this.board = board;
        this.output = output;
        this.trace = trace;
        this.goal = goal;
        this.expected = expected;
        places = new CallPlaces(target);
        target.listen(this);
        target.console(this::console);
        target.warnings(output::warning);
    }

    /** How far a run is, in instruction numbers. */
    public record Progress(long now, long limit) {}

    /** Who is told how far the run is; the run itself stays the same. */
    public void tell(Consumer<Progress> listener) {
        progress = Optional.of(listener);
    }

    /** What is done when the run comes to an instruction. */
    public interface Stopover {
        void here() throws CannotRun;
    }

    /** Stops at an instruction, and goes on afterwards. */
    public void pauseAt(long instruction, Stopover stopover) {
        stopoverAt = instruction;
        this.stopover = Optional.of(stopover);
    }

    private void stopOver() throws CannotRun {
        if (stopover.isPresent() && target.machine().now() >= stopoverAt) {
            Stopover now = stopover.get();
            stopover = Optional.empty();
            now.here();
        }
    }

    /** Stacks and heaps are part of the output. */
    public void reportMemory() {
        reportsMemory = true;
    }

    /** Others hear of what Microvisor does, too. */
    public void alsoTell(List<? extends KernelListener> others) {
        KernelListener all = this;
        for (KernelListener other : others) {
            all = new BothListeners(all, other);
        }
        target.listen(all);
    }

    /** Answers to give in place of Microvisor's; one that never comes to be given is a warning. */
    public void inject(List<InjectedStatus> injected) {
        injecting = new Injecting(board, List.copyOf(injected));
        board.microvisor().inject(injected.stream().map(i -> i.injection(places)).toList());
        for (InjectedStatus one : injected) {
            if (!one.isDocumented()) {
                output.warning(
                        "--inject \""
                                + one.text()
                                + "\": no document lists this status for "
                                + one.call());
            }
        }
    }

    private record Injecting(EmulatedBoard board, List<InjectedStatus> statuses) {
        /** Those that never took effect, in words. */
        List<String> unused() {
            List<String> unused = new ArrayList<>();
            for (int i = 0; i < statuses.size(); i++) {
                int count = board.microvisor().injectionCounts().get(i);
                if (count < Math.max(1, statuses.get(i).nth())) {
                    unused.add(
                            "--inject \""
                                    + statuses.get(i).text()
                                    + "\" never took effect: the call was made there "
                                    + count
                                    + (count == 1 ? " time" : " times"));
                }
            }
            return unused;
        }
    }

    private void finish(RunEnd end) {
        injecting.unused().forEach(output::warning);
        if (reportsMemory) {
            output.memory(MemoryUse.of(target));
        }
        output.ended(end);
    }

    /** Nobody wants to know how it goes on: the run ends where it is. */
    public void abandon() {
        abandoned = true;
        target.machine().pause();
    }

    private record Interrupted(String signal, int exitCode) {}

    /**
     * Somebody wants the run to end where it is, with all that it was to tell; from any thread.
     *
     * @param signal that was sent, in words
     * @param exitCode how the run is to end then
     */
    public void interrupt(String signal, int exitCode) {
        interrupted = Optional.of(new Interrupted(signal, exitCode));
        target.machine().pause();
    }

    /** The last lines that the firmware logged. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** Runs to the end; how it ended has been written when this returns. */
    public RunEnd run(RunLimit limit) throws CannotRun {
        ForwardRun forward = new ForwardRun(target, output::crashed);
        ForwardRun.Stopped stopped = forward.run(portion(limit), limit.instructions());
        stopOver();
        while (goesOn(stopped.reason(), limit)) {
            progress.ifPresent(
                    p -> p.accept(new Progress(target.machine().now(), limit.instructions())));
            stopped = forward.run(portion(limit), limit.instructions());
            stopOver();
        }
        if (stopover.isPresent()) {
            output.warning("--save-snapshot: the run ended before --at; nothing was saved");
        }
        if (stopped.crash().isPresent()) {
            return end(stopped.crash().get());
        }
        RunEnd end = judge(stopped.reason(), limit);
        finish(end);
        return end;
    }

    /** How far a run goes at once: without anybody to tell, to the end. */
    private long portion(RunLimit limit) {
        long end =
                stopover.isPresent()
                        ? Math.min(limit.instructions(), stopoverAt)
                        : limit.instructions();
        return progress.isPresent() ? Math.min(end, target.machine().now() + PORTION) : end;
    }

    private boolean goesOn(StopReason reason, RunLimit limit) {
        return !goalReached
                && !abandoned
                && interrupted.isEmpty()
                && (reason instanceof StopReason.Paused
                        || (reason instanceof StopReason.LimitReached
                                && target.machine().now() < limit.instructions()));
    }

    private RunEnd end(CrashReport report) {
        output.crashed(report);
        RunEnd end =
                end(
                        "crash",
                        "crashed: " + report.fault().kind() + " at " + report.where(),
                        ExitCodes.CRASHED);
        finish(end);
        return end;
    }

    private RunEnd judge(StopReason reason, RunLimit limit) {
        if (abandoned) {
            return end(
                    "output-closed", "nobody reads the output any more", ExitCodes.COULD_NOT_RUN);
        }
        if (reason instanceof StopReason.Event event) {
            return judge(event);
        }
        if (interrupted.isPresent() && reason instanceof StopReason.Paused && !goalReached) {
            return end(
                    "interrupted",
                    "interrupted (" + interrupted.get().signal() + ") in " + Whereabouts.of(target),
                    interrupted.get().exitCode());
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
                    "expected log line did not come: "
                            + missing.get()
                            + "; "
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

    private RunEnd judge(StopReason.Event event) {
        return switch (event.kind()) {
            case "replay" ->
                    end(
                            "replay-differs",
                            "the replay differs from its recording: " + event.detail(),
                            ExitCodes.REPLAY_DIFFERS);
            case "recording" ->
                    end(
                            "recording",
                            "the run cannot be recorded: " + event.detail(),
                            ExitCodes.COULD_NOT_RUN);
            default -> end("unsupported", event.text(), ExitCodes.COULD_NOT_RUN);
        };
    }

    private String words(StopReason reason, RunLimit limit) {
        if (reason instanceof StopReason.IdleForGood idle) {
            return "idle for good in "
                    + target.describe(idle.pc())
                    + ": nothing is due that would wake the firmware";
        }
        if (reason instanceof StopReason.LimitReached) {
            return "reached the limit of " + limit.text() + ", then in " + Whereabouts.of(target);
        }
        return reason.text();
    }

    private RunEnd end(String reason, String detail, int exitCode) {
        long now = target.machine().now();
        return new RunEnd(
                reason, detail, now, microseconds(now), exitCode, board.emulator().stateHash());
    }

    private long microseconds(long instruction) {
        return Times.microseconds(instruction, target.machine().clockHz());
    }

    @Override
    public void logged(LogLine line) {
        output.logged(line);
        log.add(line.text().stripTrailing());
        if (log.size() > KEPT_LOG_LINES) {
            log.remove();
        }
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
        output.called(call, places.at(call.callSite()));
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
