package dev.microvisor.debug.explore;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.dap.view.StackView;
import dev.microvisor.debug.run.ForwardRun;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.kernel.CallInjection;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.MachineSnapshot;
import dev.microvisor.symbols.frame.Frame;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A machine with the firmware on it, watched by a recorder. Belongs to one thread. */
final class ExploredBoard {
    /** The run is looked at this often, in instruction numbers. */
    private static final long SLICE = 20_000_000;

    private final Target target;
    private final EmulatedBoard board;
    private final RunRecorder recorder;
    private final StackGuard guard;
    private final BooleanSupplier asked;

    private ExploredBoard(Target target, EmulatedBoard board, BooleanSupplier asked) {
        this.asked = asked;
        this.target = target;
        this.board = board;
        recorder = new RunRecorder(board.emulator());
        guard = new StackGuard(target);
        target.listen(recorder);
        target.console((port, text, microseconds) -> recorder.sign(board.emulator().now()));
        guard.arm();
    }

    /**
     * At reset.
     *
     * @param asked becomes true when a run is to end where it is, which then says nothing
     */
    static ExploredBoard load(LaunchOptions options, BooleanSupplier asked) throws CannotRun {
        EmulatedBoard[] made = new EmulatedBoard[1];
        Target target =
                TargetLoader.load(
                        options,
                        (image, cloud) -> {
                            made[0] = new EmulatedBoard(image, cloud.leavingFlashAsItIs());
                            made[0].microvisor().keepNoCalls();
                            return made[0];
                        });
        return new ExploredBoard(target, made[0], asked);
    }

    Target target() {
        return target;
    }

    RunRecorder recorder() {
        return recorder;
    }

    Machine machine() {
        return board.emulator();
    }

    void inject(List<CallInjection> injections) {
        board.microvisor().inject(injections);
    }

    /**
     * Runs until something ends it, the instruction number comes, or the core has executed more
     * than the budget.
     */
    RunEnd run(long until, long budget) {
        ForwardRun forward = new ForwardRun(target);
        long executedBefore = executed();
        while (true) {
            long slice = Math.min(until, machine().now() + SLICE);
            ForwardRun.Stopped stopped = forward.run(slice);
            long executed = executed() - executedBefore;
            if (guard.overflowed(stopped.reason())) {
                return RunEnd.overflow(guard.text(stopped.reason()), executed);
            }
            if (stopped.crash().isPresent()) {
                return RunEnd.crash(stopped.crash().get(), executed);
            }
            boolean goesOn =
                    stopped.reason() instanceof StopReason.LimitReached
                            || stopped.reason() instanceof StopReason.Breakpoint
                            || stopped.reason() instanceof StopReason.Watchpoint;
            if (!goesOn || machine().now() >= until || asked.getAsBoolean()) {
                return RunEnd.of(stopped.reason(), executed);
            }
            if (executed > budget) {
                return RunEnd.busy(executed);
            }
        }
    }

    private long executed() {
        return machine().now() - machine().waited();
    }

    /** Names of the functions on the stack, innermost first. */
    List<String> functions() {
        return new StackView(target).frames().stream().map(Frame::name).toList();
    }

    Saved save() {
        return new Saved(machine().saveSnapshot(), recorder.save());
    }

    void restore(Saved saved) {
        machine().restoreSnapshot(saved.machine());
        recorder.restore(saved.recorder());
    }

    /** The machine and what was recorded of it. */
    record Saved(MachineSnapshot machine, RunRecorder.Saved recorder) {}
}
