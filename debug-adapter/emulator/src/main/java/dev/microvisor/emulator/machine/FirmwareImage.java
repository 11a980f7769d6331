package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.MemoryMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
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

    /** The first segment that does not lie in flash and RAM of the application. */
    public Optional<Segment> outsideMemory() {
        MemoryMap map = MemoryMap.stm32u585();
        return segments.stream()
                .filter(s -> !map.isReadable(s.address(), s.bytes().length))
                .findFirst();
    }

    /**
     * Puts the segments where they belong.
     *
     * @param flashToo false: only what lies in RAM
     */
    void load(Memory memory, boolean flashToo) {
        for (Segment segment : segments) {
            if (flashToo || memory.isWritable(segment.address(), segment.bytes().length)) {
                if (!memory.poke(segment.address(), segment.bytes())) {
                    throw new IllegalArgumentException(
                            String.format(
                                    "the firmware has %d bytes at 0x%08x, where the application has no"
                                            + " memory",
                                    segment.bytes().length, segment.address()));
                }
            }
        }
    }

    /** Bytes at an address. The array is not copied and must not be changed. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Segment(int address, byte[] bytes) {}
}
