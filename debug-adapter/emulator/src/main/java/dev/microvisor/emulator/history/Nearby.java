package dev.microvisor.emulator.history;

import dev.microvisor.emulator.machine.MachineSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * States that searches have come by and that are likely to be wanted again soon: who steps back
 * once steps back twice. Unlike {@link Moments} nothing is lost when they are forgotten.
 */
final class Nearby {
    /** With pages that differ, about a megabyte. */
    static final int MAX_STATES = 64;

    /** By instruction number. */
    private final TreeMap<Long, State> states = new TreeMap<>();

    record State(Position position, MachineSnapshot snapshot) {}

    boolean has(long instruction) {
        return states.containsKey(instruction);
    }

    void add(Position position, MachineSnapshot snapshot) {
        states.putIfAbsent(position.instruction(), new State(position, snapshot));
        if (states.size() > MAX_STATES) {
            // The one that is furthest from where the search is.
            long first = states.firstKey();
            long last = states.lastKey();
            long here = position.instruction();
            states.remove(here - first > last - here ? first : last);
        }
    }

    /** The youngest state at or before an instruction number. */
    Optional<State> atOrBefore(long instruction) {
        return Optional.ofNullable(states.floorEntry(instruction)).map(Map.Entry::getValue);
    }

    /** Forgets the states from an instruction number on, which will be other ones now. */
    void dropFrom(long instruction) {
        states.tailMap(instruction, true).clear();
    }

    void clear() {
        states.clear();
    }
}
