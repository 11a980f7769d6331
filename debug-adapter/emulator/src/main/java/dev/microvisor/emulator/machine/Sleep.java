package dev.microvisor.emulator.machine;

/** Whether the core waits for an interrupt or event, and since which instruction. */
final class Sleep {
    private boolean asleep;
    private long since;

    boolean asleep() {
        return asleep;
    }

    /** Instruction number at which the core fell asleep; valid while {@link #asleep}. */
    long since() {
        return since;
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
