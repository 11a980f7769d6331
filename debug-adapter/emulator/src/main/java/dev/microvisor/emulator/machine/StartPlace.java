package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.memory.MemoryMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whether firmware lies where Microvisor starts it, so that its first instruction can be executed.
 * The initial stack pointer is not looked at: start-up code may set its own.
 */
public final class StartPlace {
    private static final String LINK =
            "Link it with the SDK's linker script (samples/firmware/sdk has one)";

    private StartPlace() {}

    /** What keeps firmware from starting, and what to do about it; empty when it can start. */
    public static Optional<String> problem(FirmwareImage image) {
        int table = image.vectorTable();
        Optional<FirmwareImage.Segment> vectors =
                image.segments().stream().filter(s -> holdsVectors(s, table)).findFirst();
        if (vectors.isEmpty()) {
            return Optional.of(
                    String.format(
                            "has no vector table at 0x%08x, where Microvisor starts it%s. %s",
                            table, linkedAt(image), LINK));
        }
        int reset =
                ByteBuffer.wrap(vectors.get().bytes())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt(table - vectors.get().address() + Integer.BYTES);
        if (!MemoryMap.stm32u585().isReadable(reset & ~1, Short.BYTES)) {
            String owner = MemoryMap.secureOwner(reset);
            return Optional.of(
                    String.format(
                            "cannot start: reset vector 0x%08x (the second word at 0x%08x) is %s."
                                    + " Does the linker script KEEP the vector table there?",
                            reset,
                            table,
                            owner == null
                                    ? "no code of the application"
                                    : "what belongs to Microvisor: " + owner));
        }
        if ((reset & 1) == 0) {
            return Optional.of(
                    String.format(
                            "cannot start: reset vector 0x%08x (the second word at 0x%08x) has no"
                                    + " Thumb bit. Compile with -mcpu=cortex-m33 -mthumb, and"
                                    + " declare handlers in assembly with .thumb_func",
                            reset, table));
        }
        return Optional.empty();
    }

    private static boolean holdsVectors(FirmwareImage.Segment segment, int table) {
        long offset = Integer.toUnsignedLong(table) - Integer.toUnsignedLong(segment.address());
        return offset >= 0 && offset + 2 * Integer.BYTES <= segment.bytes().length;
    }

    private static String linkedAt(FirmwareImage image) {
        return image.segments().stream()
                .filter(s -> s.bytes().length > 0)
                .map(FirmwareImage.Segment::address)
                .min(Comparator.comparingLong(Integer::toUnsignedLong))
                .map(
                        first -> {
                            String owner = MemoryMap.secureOwner(first);
                            return String.format("; it begins at 0x%08x", first)
                                    + (owner == null
                                            ? ""
                                            : ", which belongs to Microvisor: " + owner);
                        })
                .orElse("");
    }
}
