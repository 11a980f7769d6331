package dev.microvisor.dap.motion;

import java.util.Optional;
import java.util.Set;

/** Runs to an address, whatever frame that is in. */
public final class RunTo implements Motion {
    private final Execution execution;
    private final Stop arrival;

    public RunTo(Execution execution, int address, Stop arrival) {
        this.execution = execution;
        this.arrival = arrival;
        execution.aimAt(Set.of(address));
    }

    @Override
    public Optional<Stop> advance() {
        Execution.Slice slice = execution.slice();
        return slice.outcome() == Execution.Outcome.ARRIVED ? Optional.of(arrival) : slice.stop();
    }
}
