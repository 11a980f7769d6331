package dev.microvisor.emulator.kernel.call;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.StructType;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.guest.Guest;
import java.util.Optional;

/** Memory of the application as system calls use it. Sizes are unsigned 32-bit numbers. */
public final class GuestMemory {
    private final Guest guest;
    private final Catalog catalog;

    public GuestMemory(Guest guest, Catalog catalog) {
        this.guest = guest;
        this.catalog = catalog;
    }

    public boolean readable(int address, int sizeBytes) {
        return sizeBytes >= 0 && guest.readable(address, sizeBytes);
    }

    public boolean writable(int address, int sizeBytes) {
        return sizeBytes >= 0 && guest.writable(address, sizeBytes);
    }

    /** A word that the application can write, such as a handle variable. */
    public boolean writableWord(int address) {
        return writable(address, Integer.BYTES);
    }

    /** Bytes of a range, empty when the application cannot read all of it. */
    public Optional<Bytes> bytes(int address, int sizeBytes) {
        return readable(address, sizeBytes)
                ? Optional.of(read(address, sizeBytes))
                : Optional.empty();
    }

    /** Reads a range that is known to be readable; no bytes may be anywhere. */
    public Bytes read(int address, int sizeBytes) {
        return sizeBytes == 0 ? Bytes.EMPTY : Bytes.of(guest.read(address, sizeBytes));
    }

    public int word(int address) {
        return guest.readWord(address);
    }

    public void write(int address, Bytes bytes) {
        if (!bytes.isEmpty()) {
            guest.write(address, bytes.toArray());
        }
    }

    public void putWord(int address, int value) {
        guest.writeWord(address, value);
    }

    public void putByte(int address, int value) {
        guest.write(address, new byte[] {(byte) value});
    }

    public void putLong(int address, long value) {
        guest.writeWord(address, (int) value);
        guest.writeWord(address + Integer.BYTES, (int) (value >>> 32));
    }

    /** A structure of the API at an address, empty when the application cannot read all of it. */
    public Optional<GuestStruct> struct(String type, int address) {
        StructType layout = layout(type);
        return bytes(address, layout.sizeBytes())
                .map(content -> new GuestStruct(layout, address, content, this));
    }

    /** True when the application can write a whole structure at this address. */
    public boolean writableStruct(String type, int address) {
        return writable(address, layout(type).sizeBytes());
    }

    /** Writes fields of a structure that is known to be writable. */
    public StructWriter writer(String type, int address) {
        return new StructWriter(layout(type), address, this);
    }

    /** Size in bytes of a structure. */
    public int sizeOf(String type) {
        return layout(type).sizeBytes();
    }

    StructType layout(String type) {
        return catalog.struct(type)
                .orElseThrow(() -> new IllegalStateException("the catalog has no struct " + type));
    }
}
