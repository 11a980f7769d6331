package dev.microvisor.emulator.history;

import dev.microvisor.emulator.guest.StopReason;
import java.util.function.Predicate;

/** Whether a stop on the way back is one that the user looks for. */
@FunctionalInterface
public interface Wanted {
    boolean test(StopReason reason);

    /** False when faults and events are never wanted: nobody looks where there is nothing else. */
    default boolean happenings() {
        return true;
    }

    /** False when events that come with a call of Microvisor are never wanted. */
    default boolean calls() {
        return true;
    }

    /** Wants places in the code and accesses to memory only. */
    static Wanted noEvents(Predicate<StopReason> test) {
        return new Wanted() {
            @Override
            public boolean test(StopReason reason) {
                return test.test(reason);
            }

            @Override
            public boolean happenings() {
                return false;
            }

            @Override
            public boolean calls() {
                return false;
            }
        };
    }
}
