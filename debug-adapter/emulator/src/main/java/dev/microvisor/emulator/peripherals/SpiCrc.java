package dev.microvisor.emulator.peripherals;

/**
 * The checksum that an SPI controller sends behind its data and compares with the one that comes
 * in.
 *
 * @param width in bits
 * @param polynomial its lower bits, without the highest one
 */
record SpiCrc(int width, int polynomial) {
    /** As CFG1 and CRCPOLY set it. */
    static SpiCrc of(int settings, int polynomial) {
        int width = (settings >>> 16 & 0x1F) + 1;
        return new SpiCrc(width, polynomial & mask(width));
    }

    private static int mask(int width) {
        return -1 >>> (Integer.SIZE - width);
    }

    /** What a checksum is before the first frame. */
    int begin(boolean ones) {
        return ones ? mask(width) : 0;
    }

    /** The checksum after a frame, whose highest bit goes first. */
    int after(int checksum, int frame, int frameBits) {
        int top = 1 << (width - 1);
        int value = checksum;
        for (int i = frameBits - 1; i >= 0; i--) {
            boolean subtract = ((value & top) != 0) != ((frame >>> i & 1) != 0);
            value = (value << 1 ^ (subtract ? polynomial : 0)) & mask(width);
        }
        return value;
    }

    /** How many bytes it takes on the wires. */
    int bytes() {
        return (width + Byte.SIZE - 1) / Byte.SIZE;
    }
}
