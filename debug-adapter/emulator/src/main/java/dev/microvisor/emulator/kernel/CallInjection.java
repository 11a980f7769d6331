package dev.microvisor.emulator.kernel;

import dev.microvisor.emulator.api.Status;
import java.util.function.IntPredicate;

/**
 * A status that stands in place of Microvisor's own answer to calls from chosen places.
 *
 * @param call name of the system call
 * @param sites which places are meant, by the address that the call returns to
 * @param first the first call from these places that is meant, counted from 1
 * @param times how many calls in a row; {@link #EVERY} for all from the first on
 */
public record CallInjection(String call, IntPredicate sites, Status status, int first, int times) {
    public static final int EVERY = Integer.MAX_VALUE;

    public CallInjection {
        if (first < 1 || times < 1) {
            throw new IllegalArgumentException("call " + first + ", " + times + " times");
        }
    }

    /** Whether it answers none of the calls after so many. */
    boolean isOver(int ordinal) {
        return times != EVERY && ordinal - first >= times - 1;
    }

    boolean covers(int ordinal) {
        return ordinal >= first && ordinal - first < times;
    }
}
