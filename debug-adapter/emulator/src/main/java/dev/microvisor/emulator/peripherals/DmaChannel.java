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
 * @param held what is packed or unpacked
 */
record DmaChannel(
        long due, int block, boolean begun, boolean hit, int allowed, boolean linking, Held held) {
    static final DmaChannel IDLE =
            new DmaChannel(Timed.NEVER, 0, false, false, 0, false, Held.NOTHING);

    /**
     * What was read and is not written yet: up to a word.
     *
     * @param value the first byte is the lowest
     */
    record Held(int value, int bytes) {
        static final Held NOTHING = new Held(0, 0);

        Held plus(int datum, int count) {
            int kept = count == Integer.BYTES ? datum : datum & ((1 << (Byte.SIZE * count)) - 1);
            return new Held(value | kept << (Byte.SIZE * bytes), bytes + count);
        }

        Held without(int count) {
            return count >= bytes
                    ? NOTHING
                    : new Held(value >>> (Byte.SIZE * count), bytes - count);
        }
    }

    /** At the beginning of a block. */
    DmaChannel atBlock(int bytes) {
        return new DmaChannel(Timed.NEVER, bytes, false, hit, 0, false, Held.NOTHING);
    }

    DmaChannel due(long when) {
        return new DmaChannel(when, block, begun, hit, allowed, linking, held);
    }

    /** Nothing is due, and what is left of the block goes on without delay. */
    DmaChannel paused() {
        return new DmaChannel(Timed.NEVER, block, true, hit, allowed, linking, held);
    }

    DmaChannel hit(boolean now) {
        return new DmaChannel(due, block, begun, now, allowed, linking, held);
    }

    DmaChannel allowed(int data) {
        return new DmaChannel(due, block, begun, hit, data, linking, held);
    }

    DmaChannel waitingToLink() {
        return new DmaChannel(Timed.NEVER, block, begun, hit, 0, true, held);
    }

    DmaChannel holding(Held now) {
        return new DmaChannel(due, block, begun, hit, allowed, linking, now);
    }
}
