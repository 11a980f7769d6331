package dev.microvisor.dap.motion;

import dev.microvisor.dap.motion.CodeMap.Caller;
import dev.microvisor.dap.motion.CodeMap.Place;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Runs to the next line, into functions that have line information. Functions without (system
 * calls, the C library) and interrupts run through.
 */
public final class StepIn implements Motion {
    /** Instructions between two looks at waiting requests. */
    private static final int STEPS_PER_SLICE = 2_000;

    /** A linker's veneer is at most this long: what it leads to may have lines. */
    private static final int VENEER_INSTRUCTIONS = 4;

    private final Execution execution;
    private final CodeMap code;
    private final Optional<Place> start;
    private final Optional<Caller> caller;
    private final Optional<Integer> wantedCall;
    private Optional<Detour> detour = Optional.empty();
    private Optional<Motion> last = Optional.empty();

    /**
     * @param wantedCall address of the call to go into, when the user chose one of several
     */
    public StepIn(Execution execution, CodeMap code, Optional<Integer> wantedCall) {
        this.execution = execution;
        execution.aimAt(Set.of());
        this.code = code;
        this.start = code.placeAt(execution.pc());
        this.caller = code.caller();
        this.wantedCall = wantedCall;
        if (start.isEmpty()) {
            // Without lines there is nothing to step by: leave the function, as debuggers do.
            last = caller.map(c -> new StepOut(execution, c));
        }
    }

    @Override
    public Optional<Stop> advance() {
        if (last.isPresent()) {
            return last.get().advance();
        }
        for (int i = 0; i < STEPS_PER_SLICE; i++) {
            if (detour.isPresent()) {
                Execution.Slice slice = detour.get().advance();
                if (slice.outcome() != Execution.Outcome.ARRIVED) {
                    return slice.stop();
                }
                detour = Optional.empty();
            } else {
                Execution.Slice slice = instruction();
                if (slice.stop().isPresent()) {
                    return slice.stop();
                }
            }
            if (last.isPresent()) {
                return Optional.empty();
            }
            if (detour.isEmpty() && arrived()) {
                return Optional.of(Stop.step());
            }
        }
        return Optional.empty();
    }

    private Execution.Slice instruction() {
        int pc = execution.pc();
        int sp = execution.sp();
        int exception = execution.exception();
        OptionalInt returnAddress = Thumb.returnAddress(execution.machine(), pc);
        Execution.Slice slice = execution.step();
        if (slice.stop().isPresent()) {
            return slice;
        }
        if (execution.exception() != exception && execution.exception() != 0) {
            detour = Optional.of(Detour.throughException(execution, sp));
        } else if (returnAddress.isPresent() && execution.pc() != returnAddress.getAsInt()) {
            boolean chosen = wantedCall.isEmpty() || wantedCall.get() == pc;
            slice = chosen ? enter(returnAddress.getAsInt()) : slice;
            boolean back = execution.pc() == returnAddress.getAsInt() && execution.sp() == sp;
            if (slice.stop().isEmpty() && last.isEmpty() && !back) {
                detour =
                        Optional.of(
                                new Detour(execution, new Caller(returnAddress.getAsInt(), sp)));
            }
        }
        return slice;
    }

    /** After a call: into the function when it has lines, past a veneer if there is one. */
    private Execution.Slice enter(int returnAddress) {
        Execution.Slice slice = Execution.Slice.GOES_ON;
        for (int i = 0; i < VENEER_INSTRUCTIONS; i++) {
            int pc = execution.pc();
            if (pc == returnAddress) {
                return slice; // A system call: it has been answered already.
            }
            if (code.placeAt(pc).isPresent()) {
                int body = code.afterPrologue(pc);
                last =
                        Optional.of(
                                body == pc
                                        ? () -> Optional.of(Stop.step())
                                        : new RunTo(execution, body, Stop.step()));
                return slice;
            }
            if (i == VENEER_INSTRUCTIONS - 1 || execution.exception() != 0) {
                break;
            }
            if (Thumb.returnAddress(execution.machine(), pc).isPresent()) {
                break;
            }
            slice = execution.step();
            if (slice.stop().isPresent()) {
                return slice;
            }
        }
        return slice;
    }

    private boolean arrived() {
        int pc = execution.pc();
        if (caller.isPresent()
                && pc == caller.get().returnAddress()
                && Detour.isAt(execution.sp(), caller.get())) {
            return true;
        }
        Optional<Place> place = code.placeAt(pc);
        if (place.isEmpty()) {
            // Jumped into code without lines: run on to where it returns.
            caller.ifPresent(c -> detour = Optional.of(new Detour(execution, c)));
            return false;
        }
        return place.get().address() == pc
                && place.get().line() != 0
                && !place.get().sameLine(start.orElseThrow());
    }
}
