package dev.microvisor.emulator.history;

import dev.microvisor.emulator.machine.MachineSnapshot;

/**
 * A remembered state.
 *
 * @param pinned true after a change by hand: replays that come by take this state on
 * @param bytes how much memory it holds that the one before it does not
 */
record Moment(Position position, MachineSnapshot snapshot, boolean pinned, long bytes) {
    Moment costing(long newBytes) {
        return new Moment(position, snapshot, pinned, newBytes);
    }

    Moment unpinned() {
        return new Moment(position, snapshot, false, bytes);
    }
}
