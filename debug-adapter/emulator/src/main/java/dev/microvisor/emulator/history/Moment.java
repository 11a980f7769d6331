package dev.microvisor.emulator.history;

import dev.microvisor.emulator.core.Footprint;
import dev.microvisor.emulator.machine.MachineSnapshot;

/**
 * A remembered state.
 *
 * @param pinned true after a change by hand: replays that come by take this state on
 * @param before what ran since the remembered state before this one
 * @param bytes how much memory it holds that the one before it does not
 */
record Moment(
        Position position, MachineSnapshot snapshot, boolean pinned, Footprint before, long bytes) {
    Moment costing(long newBytes) {
        return new Moment(position, snapshot, pinned, before, newBytes);
    }

    Moment unpinned() {
        return new Moment(position, snapshot, false, before, bytes);
    }

    Moment after(Footprint newBefore) {
        return new Moment(position, snapshot, pinned, newBefore, bytes);
    }
}
