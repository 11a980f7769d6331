package dev.microvisor.emulator.core.compiler;

import java.util.List;

/**
 * Instructions that are executed one after the other; only the last one branches.
 *
 * @param next address behind the last instruction
 */
record Block(Place place, List<Step> steps, int next) {
    Block {
        steps = List.copyOf(steps);
    }

    int address() {
        return place.address();
    }

    Step last() {
        return steps.get(steps.size() - 1);
    }

    /** Place of the last instruction. */
    Place lastPlace() {
        return place.at(last().address());
    }
}
