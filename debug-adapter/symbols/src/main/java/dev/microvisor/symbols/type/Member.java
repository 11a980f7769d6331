package dev.microvisor.symbols.type;

import dev.microvisor.symbols.elf.Slice;
import java.util.Optional;

/**
 * A member of a struct, union or class, or one of its base classes.
 *
 * @param name empty for an anonymous struct or union; the class's name for a base class
 * @param offsetBytes from the start of the whole; for a bit-field that of the byte with its first
 *     bit
 * @param bitOffset of a bit-field: its lowest bit, counted from the lowest bit of the byte at
 *     {@code offsetBytes}
 * @param bitSize of a bit-field, else 0
 * @param virtualLocation where a virtual base class is, as an expression on the object's address
 */
public record Member(
        String name,
        Type type,
        long offsetBytes,
        int bitOffset,
        int bitSize,
        boolean isBaseClass,
        Optional<Slice> virtualLocation) {

    /** Anonymous structs in anonymous structs: deeper than anybody writes. */
    static final int MAX_NESTING = 32;

    public boolean isBitField() {
        return bitSize > 0;
    }

    Member movedBy(long bytes) {
        return new Member(
                name, type, offsetBytes + bytes, bitOffset, bitSize, isBaseClass, virtualLocation);
    }
}
