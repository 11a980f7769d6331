package dev.microvisor.emulator.kernel.call;

import dev.microvisor.emulator.guest.Guest;

/** Virtual time. One instruction is one cycle of the core clock. */
public final class Clock {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final Guest guest;

    public Clock(Guest guest) {
        this.guest = guest;
    }

    public long now() {
        return guest.now();
    }

    /** Microseconds since Microvisor started. */
    public long microseconds() {
        return microsecondsAt(guest.now());
    }

    /** Milliseconds since Microvisor started. */
    public long milliseconds() {
        return microseconds() / 1000;
    }

    public long microsecondsAt(long instruction) {
        long hz = guest.clockHz();
        return instruction / hz * MICROS_PER_SECOND + instruction % hz * MICROS_PER_SECOND / hz;
    }

    /** Instruction number that comes {@code ms} milliseconds after now. */
    public long inMilliseconds(long ms) {
        return guest.now() + instructions(ms);
    }

    /** How many instructions {@code ms} milliseconds take. */
    public long instructions(long ms) {
        long hz = guest.clockHz();
        return ms / 1000 * hz + ms % 1000 * hz / 1000;
    }
}
