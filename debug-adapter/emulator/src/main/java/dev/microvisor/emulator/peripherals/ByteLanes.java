package dev.microvisor.emulator.peripherals;

/** Which bytes of a 32-bit register an access of 1, 2 or 4 bytes at an offset is to. */
final class ByteLanes {
    private ByteLanes() {}

    /** Offset of the register. */
    static int word(int offset) {
        return offset & ~3;
    }

    /** The bits of the register. */
    static int mask(int offset, int widthBytes) {
        int bits = widthBytes == Integer.BYTES ? -1 : (1 << (Byte.SIZE * widthBytes)) - 1;
        return bits << shift(offset);
    }

    /** What a read gives of the register's value. */
    static int read(int offset, int widthBytes, int register) {
        return (register & mask(offset, widthBytes)) >>> shift(offset);
    }

    /** What a write says, at its place in the register. */
    static int written(int offset, int widthBytes, int value) {
        return value << shift(offset) & mask(offset, widthBytes);
    }

    private static int shift(int offset) {
        return Byte.SIZE * (offset & 3);
    }
}
