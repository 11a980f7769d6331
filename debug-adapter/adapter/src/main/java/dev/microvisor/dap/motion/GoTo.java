package dev.microvisor.dap.motion;

import dev.microvisor.emulator.history.History;
import java.util.Optional;

/** Goes to an instruction number, back or forth, past all breakpoints. */
public final class GoTo implements Motion {
    private final Execution execution;
    private final History history;
    private final long instruction;
    private final History.ProgressListener progress;
    private final long start;

    /**
     * @param progress hears how far a way forwards has come
     */
    public GoTo(
            Execution execution,
            History history,
            long instruction,
            History.ProgressListener progress) {
        this.execution = execution;
        this.history = history;
        this.instruction = instruction;
        this.progress = progress;
        this.start = history.now();
    }

    @Override
    public Optional<Stop> advance() {
        if (instruction < history.now()) {
            history.goTo(instruction);
        }
        if (history.now() >= instruction) {
            return Optional.of(Stop.of("goto", "At instruction " + history.now()));
        }
        Optional<Stop> stop = execution.slicePast(instruction).stop();
        progress.searched(history.now() - start, instruction - start);
        return stop;
    }
}
