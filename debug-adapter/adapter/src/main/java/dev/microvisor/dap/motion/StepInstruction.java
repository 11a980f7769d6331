package dev.microvisor.dap.motion;

import dev.microvisor.dap.motion.CodeMap.Caller;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Executes one instruction. An interrupt that comes first runs to its end before the instruction;
 * with {@code over}, so does a call.
 */
public final class StepInstruction implements Motion {
    private final Execution execution;
    private final boolean over;
    private Optional<Detour> detour = Optional.empty();
    private boolean executed;

    public StepInstruction(Execution execution, boolean over) {
        this.execution = execution;
        execution.aimAt(Set.of());
        this.over = over;
    }

    @Override
    public Optional<Stop> advance() {
        if (detour.isPresent()) {
            Execution.Slice slice = detour.get().advance();
            if (slice.outcome() != Execution.Outcome.ARRIVED) {
                return slice.stop();
            }
            detour = Optional.empty();
            return executed ? Optional.of(Stop.step()) : Optional.empty();
        }
        int pc = execution.pc();
        int sp = execution.sp();
        int exception = execution.exception();
        OptionalInt returnAddress = Thumb.returnAddress(execution.machine(), pc);
        Execution.Slice slice = execution.step();
        if (slice.stop().isPresent()) {
            return slice.stop();
        }
        if (execution.exception() != exception && execution.exception() != 0) {
            Detour through = Detour.throughException(execution, sp);
            executed = false;
            detour = Optional.of(through);
            return Optional.empty();
        }
        if (over && returnAddress.isPresent() && execution.pc() != returnAddress.getAsInt()) {
            executed = true;
            detour = Optional.of(new Detour(execution, new Caller(returnAddress.getAsInt(), sp)));
            return Optional.empty();
        }
        return Optional.of(Stop.step());
    }
}
