package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.guest.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** When the parts of the machine next want to act. Owned by the machine's thread. */
final class Timetable {
    private final List<Timed> parts = new ArrayList<>();
    private long next = Timed.NEVER;
    private boolean changed = true;

    /** Parts that are due at one instruction act in the order in which they were added. */
    void add(Timed part) {
        parts.add(part);
    }

    /** Instruction number of the earliest event, or {@link Timed#NEVER}. */
    long next() {
        return next;
    }

    /** Some part's due time has moved. */
    void changed() {
        changed = true;
    }

    /**
     * Runs everything due, including what became due meanwhile.
     *
     * @param stopWanted the rest is left for later: an event that waits for something outside stays
     *     due until that has come
     */
    void runDue(long now, BooleanSupplier stopWanted) {
        for (boolean first = true;
                (changed || next <= now) && (first || !stopWanted.getAsBoolean());
                first = false) {
            changed = false;
            next = Timed.NEVER;
            for (Timed part : parts) {
                long due = part.nextEvent();
                if (due <= now) {
                    part.runEvents(now);
                    due = part.nextEvent();
                }
                next = Math.min(next, due);
            }
        }
    }
}
