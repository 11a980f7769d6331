package dev.microvisor.emulator.kernel.notifications;

/**
 * A notification centre.
 *
 * @param records how many records its ring has
 * @param writeIndex record written next
 * @param posted records written so far
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
        long freeAt,
        long openedAtInstruction,
        int openedAt) {

    Centre afterPost() {
        return new Centre(
                handle,
                irq,
                buffer,
                sizeBytes,
                records,
                (writeIndex + 1) % records,
                posted + 1,
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
