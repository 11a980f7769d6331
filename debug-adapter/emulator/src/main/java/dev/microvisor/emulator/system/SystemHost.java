package dev.microvisor.emulator.system;

/** What the system registers ask of the machine they are part of. */
public interface SystemHost {
    /** Instruction number of now. */
    long now();

    /** Something may have to be done before the next instruction: interrupts, events, a stop. */
    void attention();

    /** The MPU's registers, or what it applies to, have changed. */
    void protectionChanged();

    /** AIRCR.SYSRESETREQ was written. */
    void resetRequested();

    /** Reports a text to the user, each distinct one once. */
    void warnOnce(String message);
}
