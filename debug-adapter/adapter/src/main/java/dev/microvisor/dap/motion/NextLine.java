package dev.microvisor.dap.motion;

import dev.microvisor.dap.motion.CodeMap.Caller;
import dev.microvisor.dap.motion.CodeMap.Place;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Runs to the next line of this function, or out of it: calls, interrupts and other tasks run at
 * full speed in between and cannot end the step.
 */
public final class NextLine implements Motion {
    private final Execution execution;
    private final CodeMap code;
    private final Optional<Caller> caller;
    private final Optional<Integer> frame;
    private final Set<Integer> targets = new HashSet<>();

    public NextLine(Execution execution, CodeMap code) {
        this.execution = execution;
        this.code = code;
        this.caller = code.caller();
        this.frame = code.frameAddress();
        int pc = execution.pc();
        Optional<Place> start = code.placeAt(pc);
        if (start.isPresent()) {
            for (Place place : code.statementsAround(pc)) {
                if (!place.sameLine(start.get()) && !place.isInlinedInto(start.get())) {
                    targets.add(place.address());
                }
            }
        }
        caller.ifPresent(c -> targets.add(c.returnAddress()));
        if (targets.isEmpty()) {
            targets.add(pc); // Without any information the best end is to come by here again.
        }
        execution.aimAt(targets);
    }

    @Override
    public Optional<Stop> advance() {
        Execution.Slice slice = execution.slice();
        if (slice.outcome() != Execution.Outcome.ARRIVED) {
            return slice.stop();
        }
        int pc = execution.pc();
        boolean returned =
                caller.isPresent()
                        && pc == caller.get().returnAddress()
                        && Detour.isAt(execution.sp(), caller.get());
        if (returned || frame.isEmpty()) {
            return Optional.of(Stop.step());
        }
        return frame.equals(code.frameAddress()) ? Optional.of(Stop.step()) : Optional.empty();
    }
}
