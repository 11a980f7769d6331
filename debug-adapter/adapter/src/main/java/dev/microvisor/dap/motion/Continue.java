package dev.microvisor.dap.motion;

import java.util.Optional;
import java.util.Set;

/** Runs until the user's breakpoints or the firmware itself end it. */
public final class Continue implements Motion {
    private final Execution execution;

    public Continue(Execution execution) {
        this.execution = execution;
        execution.aimAt(Set.of());
    }

    @Override
    public Optional<Stop> advance() {
        return execution.slice().stop();
    }
}
