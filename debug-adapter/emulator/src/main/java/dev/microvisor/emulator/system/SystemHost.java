package dev.microvisor.emulator.system;

/** What the system registers ask of the machine they are part of. */
public interface SystemHost {
    /** Instruction number of now. */
    long now();

    /** Something may have to be done before the next instruction: interrupts, events, a stop. */
    void attention();

    /** The MPU is another one, as after a reset. */
    void protectionChanged();

    /** The MPU was switched on or off, with its regions as they were. */
    void protectionSwitched();

    /** A region of the MPU, on or off, holds or held these addresses, unsigned. */
    void protectionChanged(int first, int last);

    /** AIRCR.SYSRESETREQ was written. */
    void resetRequested();

    /** Reports a text to the user, each distinct one once. */
    void warnOnce(String message);
}
