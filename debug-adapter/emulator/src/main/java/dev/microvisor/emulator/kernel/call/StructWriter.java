package dev.microvisor.emulator.kernel.call;

import dev.microvisor.catalog.StructType;
import dev.microvisor.emulator.bytes.Bytes;

/** Writes fields of a structure in guest memory, each as wide as the catalog says. */
public final class StructWriter {
    private final StructType type;
    private final int address;
    private final GuestMemory memory;

    StructWriter(StructType type, int address, GuestMemory memory) {
        this.type = type;
        this.address = address;
        this.memory = memory;
    }

    public StructWriter put(String path, long value) {
        StructType.Field field =
                type.field(path)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                type.name() + " has no field " + path));
        byte[] bytes = new byte[field.sizeBytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> (8 * i));
        }
        memory.write(address + field.offset(), Bytes.of(bytes));
        return this;
    }
}
