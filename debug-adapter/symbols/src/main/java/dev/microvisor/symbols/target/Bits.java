package dev.microvisor.symbols.target;

import java.util.OptionalLong;

/** Little-endian numbers in bytes read from the target. */
public final class Bits {
    private Bits() {}

    /** The first {@code size} (at most 8) bytes as an unsigned number. */
    public static long unsigned(byte[] bytes, int size) {
        long value = 0;
        for (int i = Math.min(size, bytes.length) - 1; i >= 0; i--) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    /** A number of {@code size} bytes at an address; empty when it cannot be read. */
    public static OptionalLong read(MemoryReader memory, long address, int size) {
        byte[] bytes = memory.read(address & 0xFFFF_FFFFL, size);
        return bytes.length < size ? OptionalLong.empty() : OptionalLong.of(unsigned(bytes, size));
    }

    public static byte[] bytes(long value, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = i < 8 ? (byte) (value >> (8 * i)) : 0;
        }
        return bytes;
    }

    /** Extends the sign of a number of {@code bits} bits. */
    public static long signExtend(long value, int bits) {
        return bits >= 64 || bits <= 0 ? value : value << (64 - bits) >> (64 - bits);
    }

    /** Clears what is above the lowest {@code bits} bits. */
    public static long zeroExtend(long value, int bits) {
        return bits >= 64 || bits <= 0 ? value : value << (64 - bits) >>> (64 - bits);
    }
}
