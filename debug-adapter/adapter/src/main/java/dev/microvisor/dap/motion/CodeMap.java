package dev.microvisor.dap.motion;

import java.util.List;
import java.util.Optional;

/** What stepping must know about code: where statements begin, and where a function returns to. */
public interface CodeMap {
    /** The line that the instruction belongs to; empty for code without line information. */
    Optional<Place> placeAt(int pc);

    /** All places of the function around {@code pc} where a statement begins. */
    List<Place> statementsAround(int pc);

    /** First address after the prologue of the function that starts at {@code functionStart}. */
    int afterPrologue(int functionStart);

    /** Where the function that runs now will return to; empty when that is unknown. */
    Optional<Caller> caller();

    /**
     * Value of the stack pointer when the function that runs now was called; identifies a frame.
     */
    Optional<Integer> frameAddress();

    /** The same as {@link #frameAddress} of the function that called the one that runs now. */
    Optional<Integer> callerFrameAddress();

    /** False in the code that sets a function's frame up. */
    boolean isAfterPrologue(int pc);

    /**
     * A place in source.
     *
     * @param address first instruction of the line's row
     * @param functionStart start of the (not inlined) function around it
     * @param inlined identities of the inlined calls around it, outermost first
     */
    record Place(int address, String file, int line, int functionStart, List<Integer> inlined) {
        public Place {
            inlined = List.copyOf(inlined);
        }

        boolean sameLine(Place other) {
            return line == other.line && file.equals(other.file) && inlined.equals(other.inlined);
        }

        /** True when this place lies in a call that was inlined into {@code outer}'s code. */
        boolean isInlinedInto(Place outer) {
            return inlined.size() > outer.inlined.size()
                    && inlined.subList(0, outer.inlined.size()).equals(outer.inlined);
        }
    }

    /**
     * The caller of the function that runs now, or what an exception handler interrupted.
     *
     * @param returnAddress without the Thumb bit
     * @param stackPointer after the return
     */
    record Caller(int returnAddress, int stackPointer) {}
}
