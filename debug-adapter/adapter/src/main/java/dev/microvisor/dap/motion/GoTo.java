package dev.microvisor.dap.motion;

import dev.microvisor.emulator.history.History;
import java.util.Optional;

/** Goes to an instruction number, back or forth, past all breakpoints. */
public final class GoTo implements Motion {
    private final Execution execution;
    private final History history;
    private final long instruction;

    public GoTo(Execution execution, History history, long instruction) {
        this.execution = execution;
        this.history = history;
        this.instruction = instruction;
    }

    @Override
    public Optional<Stop> advance() {
        if (instruction < history.now()) {
            history.goTo(instruction);
        }
        if (history.now() >= instruction) {
            return Optional.of(Stop.of("goto", "At instruction " + history.now()));
        }
        return execution.slicePast(instruction).stop();
    }
}
