package dev.microvisor.symbols.target;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Registers of a frame, and memory. */
public interface FrameContext extends MemoryReader {
    int SP = 13;
    int LR = 14;
    int PC = 15;

    /** S0 to S31 have the numbers from here on. */
    int FIRST_SINGLE = 64;

    /** D0 to D31 have the numbers from here on; D0 is S0 and S1. */
    int FIRST_DOUBLE = 256;

    /**
     * A register by its number in DWARF for Arm: 0 to 15 for R0 to PC, 64 to 95 for S0 to S31.
     * Empty when its value in this frame is not known, because a called function has overwritten
     * it.
     */
    OptionalInt register(int number);

    /**
     * A register by name in lower case: {@code xpsr}, {@code msp}, {@code psp}, {@code control},
     * {@code primask}, {@code fpscr}... Empty when unknown.
     */
    OptionalInt named(String name);

    /** Whether a register's value in this frame is not the one that the machine has now. */
    default boolean isRestored(int number) {
        return false;
    }

    /** Where an inner frame has saved the register, so that a change there changes this frame. */
    default OptionalLong savedAt(int number) {
        return OptionalLong.empty();
    }
}
