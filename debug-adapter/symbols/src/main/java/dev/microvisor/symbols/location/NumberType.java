package dev.microvisor.symbols.location;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.target.Bits;

/**
 * The type of a number on the expression stack: the generic one (an address) or a base type.
 *
 * @param floating whether the bits are an IEEE number
 */
record NumberType(int sizeBytes, boolean signed, boolean floating, boolean generic) {
    static final NumberType GENERIC = new NumberType(4, false, false, true);

    private static final int BOOLEAN_SIZE_LIMIT = 8;

    static NumberType of(Die baseType) {
        int size = (int) baseType.constant(At.BYTE_SIZE).orElse(4);
        int encoding = (int) baseType.constant(At.ENCODING).orElse(7);
        if (size < 1 || size > BOOLEAN_SIZE_LIMIT) {
            throw new UnavailableException("numbers of " + size + " bytes are not supported");
        }
        return new NumberType(size, encoding == 5 || encoding == 6, encoding == 4, false);
    }

    TypedNumber number(long bits) {
        int width = 8 * sizeBytes;
        return new TypedNumber(
                signed ? Bits.signExtend(bits, width) : Bits.zeroExtend(bits, width), this);
    }
}
