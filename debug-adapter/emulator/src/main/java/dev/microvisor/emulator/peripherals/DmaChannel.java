package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Timed;

/**
 * What a GPDMA channel is at, beside its registers.
 *
 * @param due instruction at which it transfers next
 * @param block bytes of the block when it began
 * @param begun true after the first transfer of the block
 * @param hit an event of its trigger came that has allowed nothing yet
 * @param allowed data that may be moved before the next event of the trigger
 * @param linking true while the next item of the linked list waits for the trigger
 */
record DmaChannel(long due, int block, boolean begun, boolean hit, int allowed, boolean linking) {
    static final DmaChannel IDLE = new DmaChannel(Timed.NEVER, 0, false, false, 0, false);

    /** At the beginning of a block. */
    DmaChannel atBlock(int bytes) {
        return new DmaChannel(Timed.NEVER, bytes, false, hit, 0, false);
    }

    DmaChannel due(long when) {
        return new DmaChannel(when, block, begun, hit, allowed, linking);
    }

    /** Nothing is due, and what is left of the block goes on without delay. */
    DmaChannel paused() {
        return new DmaChannel(Timed.NEVER, block, true, hit, allowed, linking);
    }

    DmaChannel hit(boolean now) {
        return new DmaChannel(due, block, begun, now, allowed, linking);
    }

    DmaChannel allowed(int data) {
        return new DmaChannel(due, block, begun, hit, data, linking);
    }

    DmaChannel waitingToLink() {
        return new DmaChannel(Timed.NEVER, block, begun, hit, 0, true);
    }
}
