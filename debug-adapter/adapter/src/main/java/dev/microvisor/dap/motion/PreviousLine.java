package dev.microvisor.dap.motion;

import dev.microvisor.dap.motion.CodeMap.Place;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.History;
import dev.microvisor.emulator.history.Wanted;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Goes back to the beginning of the line that ran before this one in the same function, over calls
 * and interrupts; from the first line of a function, to the line that called it.
 */
public final class PreviousLine implements Motion {
    /** Rows that one line's code may be scattered over. */
    private static final int MAX_ROWS = 64;

    private final Execution execution;
    private final History history;
    private final CodeMap code;

    public PreviousLine(Execution execution, History history, CodeMap code) {
        this.execution = execution;
        this.history = history;
        this.code = code;
    }

    @Override
    public Optional<Stop> advance() {
        Optional<Place> start = code.placeAt(execution.pc());
        if (start.isEmpty()) {
            return Optional.of(
                    history.stepBack() instanceof StopReason.LimitReached
                            ? Stop.historyBegins(history.begin())
                            : Stop.step());
        }
        long from = history.now();
        StopReason reason = back();
        if (reason instanceof StopReason.Paused) {
            return Optional.of(Stop.of("pause", "Going back was broken off"));
        }
        if (reason instanceof StopReason.LimitReached) {
            return Optional.of(Stop.historyBegins(history.begin()));
        }
        // Further back while it is still the same line: to where the line begins.
        Place line = code.placeAt(execution.pc()).orElseThrow();
        Optional<Integer> frame = code.frameAddress();
        long best = history.now();
        for (int i = 0; i < MAX_ROWS; i++) {
            StopReason further = back();
            Optional<Place> place = code.placeAt(execution.pc());
            boolean same =
                    further instanceof StopReason.Breakpoint
                            && frame.equals(code.frameAddress())
                            && place.isPresent()
                            && place.get().sameLine(line)
                            && place.get().address() < line.address();
            if (!same) {
                break;
            }
            line = place.get();
            best = history.now();
        }
        history.goTo(Math.min(best, from));
        return Optional.of(Stop.step());
    }

    /** To the statement before, in this frame or the caller's. */
    private StopReason back() {
        Set<Integer> places = new HashSet<>();
        Optional<Integer> frame = code.frameAddress();
        Optional<Integer> callerFrame = code.callerFrameAddress();
        code.statementsAround(execution.pc()).forEach(p -> places.add(p.address()));
        code.caller()
                .ifPresent(
                        c ->
                                code.statementsAround(c.returnAddress())
                                        .forEach(p -> places.add(p.address())));
        return history.reverseTo(
                places,
                Set.of(),
                Wanted.noEvents(
                        reason -> {
                            if (isBelow(frame) && isBelow(callerFrame)) {
                                return false; // A quick no; where frames are takes longer to find
                                // out.
                            }
                            Optional<Integer> here = code.frameAddress();
                            boolean own = here.isPresent() && here.equals(frame);
                            boolean callers = here.isPresent() && here.equals(callerFrame);
                            boolean statement = reason instanceof StopReason.Breakpoint;
                            if (!statement) {
                                return false; // A fault or an event on the way is no statement.
                            }
                            return (own && code.isAfterPrologue(execution.pc())) || callers;
                        }));
    }

    /** True when a frame is known and has been left: the stack pointer is past it. */
    private boolean isBelow(Optional<Integer> frame) {
        return frame.isPresent() && Integer.compareUnsigned(execution.sp(), frame.get()) > 0;
    }
}
