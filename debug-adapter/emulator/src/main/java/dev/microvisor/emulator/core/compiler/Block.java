package dev.microvisor.emulator.core.compiler;

import java.util.List;

/**
 * Instructions that are executed one after the other; only the last one branches.
 *
 * @param next address behind the last instruction
 */
record Block(int address, List<Step> steps, int next) {
    Block {
        steps = List.copyOf(steps);
    }

    Step last() {
        return steps.get(steps.size() - 1);
    }
}
