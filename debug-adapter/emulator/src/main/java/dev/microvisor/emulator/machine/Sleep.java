package dev.microvisor.emulator.machine;

/**
 * Whether the core waits for an interrupt or event, and since which instruction; and how much of
 * the time it has waited.
 */
final class Sleep {
    private boolean asleep;
    private long since;

    /** Instruction numbers that passed without an instruction; no part of the machine's state. */
    private long waited;

    boolean asleep() {
        return asleep;
    }

    /** Instruction number at which the core fell asleep; valid while {@link #asleep}. */
    long since() {
        return since;
    }

    /** Instruction numbers that have passed without an instruction being executed. */
    long waited() {
        return waited;
    }

    void passed(long instructions) {
        waited += instructions;
    }

    void begin(long now) {
        asleep = true;
        since = now;
    }

    void end() {
        asleep = false;
    }

    void restore(boolean wasAsleep, long wasSince) {
        asleep = wasAsleep;
        since = wasSince;
    }
}
