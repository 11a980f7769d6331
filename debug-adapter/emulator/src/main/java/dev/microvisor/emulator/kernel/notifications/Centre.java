package dev.microvisor.emulator.kernel.notifications;

/**
 * A notification centre.
 *
 * @param records how many records its ring has
 * @param writeIndex record written next
 * @param posted records written so far
 * @param sinceTaken records written since the interrupt was last taken: the handler has not even
 *     started for them
 * @param freeAt instruction number before which no further record is written
 */
public record Centre(
        int handle,
        int irq,
        int buffer,
        int sizeBytes,
        int records,
        int writeIndex,
        long posted,
        long sinceTaken,
        long freeAt,
        long openedAtInstruction,
        int openedAt) {

    /**
     * @param stillPending true when the interrupt of an earlier record was not taken yet
     */
    Centre afterPost(boolean stillPending) {
        return new Centre(
                handle,
                irq,
                buffer,
                sizeBytes,
                records,
                (writeIndex + 1) % records,
                posted + 1,
                stillPending ? sinceTaken + 1 : 1,
                freeAt,
                openedAtInstruction,
                openedAt);
    }

    Centre withFreeAt(long instruction) {
        return new Centre(
                handle,
                irq,
                buffer,
                sizeBytes,
                records,
                writeIndex,
                posted,
                sinceTaken,
                instruction,
                openedAtInstruction,
                openedAt);
    }

    boolean overlaps(int otherBuffer, int otherSizeBytes) {
        long from = Integer.toUnsignedLong(buffer);
        long otherFrom = Integer.toUnsignedLong(otherBuffer);
        return from < otherFrom + otherSizeBytes && otherFrom < from + sizeBytes;
    }
}
