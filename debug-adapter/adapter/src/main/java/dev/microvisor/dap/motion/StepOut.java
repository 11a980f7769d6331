package dev.microvisor.dap.motion;

import java.util.Optional;

/** Runs until the function that runs now has returned. */
public final class StepOut implements Motion {
    private final Detour detour;

    /** Runs out of {@code frames} functions; at least one. */
    public StepOut(Execution execution, CodeMap.Caller caller) {
        this.detour = new Detour(execution, caller);
    }

    @Override
    public Optional<Stop> advance() {
        Execution.Slice slice = detour.advance();
        return slice.outcome() == Execution.Outcome.ARRIVED
                ? Optional.of(Stop.step())
                : slice.stop();
    }
}
