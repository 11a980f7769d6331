package dev.microvisor.emulator.kernel.view;

import java.util.List;

/**
 * A notification centre and its ring.
 *
 * @param writeIndex record that Microvisor writes next
 * @param posted records written since the setup
 * @param sinceTaken records written since the interrupt was last taken
 * @param rows the records as they are in memory now
 * @param openedAt address of the {@code mvSetupNotifications} call
 */
public record CentreView(
        int handle,
        int irq,
        int buffer,
        int bufferSizeBytes,
        int writeIndex,
        long posted,
        long sinceTaken,
        List<Row> rows,
        long openedAtInstruction,
        int openedAt) {
    public CentreView {
        rows = List.copyOf(rows);
    }

    /**
     * A record of the ring.
     *
     * @param eventType as in memory
     * @param eventName name of the {@code MvEventType} constant, or hexadecimal
     * @param source what the tag belongs to in words, such as {@code channel 0x12345678}; empty
     *     when no live source has it
     */
    public record Row(
            int index,
            int address,
            long microseconds,
            int eventType,
            String eventName,
            int tag,
            String source) {}
}
