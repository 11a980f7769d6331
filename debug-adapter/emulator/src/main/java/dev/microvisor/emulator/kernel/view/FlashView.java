package dev.microvisor.emulator.kernel.view;

import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;

/**
 * The application's part of the external flash.
 *
 * @param handles open handles
 * @param sectors those that are not erased, by address
 */
public record FlashView(
        int sizeBytes, int sectorBytes, List<Integer> handles, List<SectorView> sectors) {
    public FlashView {
        handles = List.copyOf(handles);
        sectors = List.copyOf(sectors);
    }

    /**
     * A sector that holds something.
     *
     * @param address from the start of the application's part
     */
    public record SectorView(int address, Bytes content) {}
}
