package dev.microvisor.emulator.memory;

/** Told by the memory about accesses that concern others. */
public interface AccessListener {
    /** An access touched a watched range; it has been made. */
    void watchHit(int watchId, int address, boolean write);

    /** Bytes that had been decoded as instructions have changed. */
    void codeChanged(int address, int sizeBytes);

    /** With the MPU on, the core has become privileged or unprivileged. */
    void modeChanged();
}
