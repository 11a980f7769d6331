package dev.microvisor.emulator.memory;

/** Lets compiled code read devices: what they answer may depend on the instruction number. */
public interface ReadClock {
    /**
     * Sets the time to that of the instruction which reads.
     *
     * @param left how many instructions, this one included, are left of what compiled code may
     *     execute
     */
    void reach(int left);

    /** False when somebody has asked to be heard before the next instruction. */
    boolean mayGoOn();
}
