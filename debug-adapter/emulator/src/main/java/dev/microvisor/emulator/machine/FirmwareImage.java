package dev.microvisor.emulator.machine;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Firmware as it is loaded: bytes at addresses. The emulator does not read ELF files; who has one
 * turns it into this.
 *
 * @param segments what to place in flash or RAM before reset
 * @param vectorTable address of the vector table, 0x08000000 for Microvisor firmware
 * @param functions names of functions by start address (without the Thumb bit)
 */
public record FirmwareImage(
        List<Segment> segments, int vectorTable, NavigableMap<Integer, String> functions) {
    public FirmwareImage {
        segments = List.copyOf(segments);
        functions = java.util.Collections.unmodifiableNavigableMap(new TreeMap<>(functions));
    }

    /** Bytes at an address. The array is not copied and must not be changed. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Segment(int address, byte[] bytes) {}
}
