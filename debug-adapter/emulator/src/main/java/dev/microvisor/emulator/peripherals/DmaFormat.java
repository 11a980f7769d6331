package dev.microvisor.emulator.peripherals;

/**
 * How a channel changes data on their way, as its CTR1 says: widths, padding, alignment, packing,
 * exchange of bytes and halfwords.
 *
 * @param settings of CTR1
 */
record DmaFormat(int settings) {
    private static final int SBX = 1 << 13;
    private static final int DBX = 1 << 26;
    private static final int DHX = 1 << 27;

    /** PAM, where widths differ: sign extension, or alignment to the left. */
    private static final int EXTENDS = 1 << 11;

    /** PAM, where widths differ: packing, or unpacking. */
    private static final int PACKS = 1 << 12;

    int sourceBytes() {
        return 1 << (settings & 3);
    }

    int targetBytes() {
        return 1 << (settings >>> 16 & 3);
    }

    /** True when several data of the source become one of the target. */
    boolean packs() {
        return (settings & PACKS) != 0 && sourceBytes() < targetBytes();
    }

    /** True when a datum of the source becomes several of the target. */
    boolean unpacks() {
        return (settings & PACKS) != 0 && sourceBytes() > targetBytes();
    }

    /** How many bytes {@link #taken} gives. */
    int takenBytes() {
        return packs() || unpacks() ? sourceBytes() : targetBytes();
    }

    /** What was read, as it goes on: to be packed or unpacked, or as wide as the target. */
    int taken(int datum) {
        int value = datum;
        if ((settings & SBX) != 0 && sourceBytes() == Integer.BYTES) {
            value = (datum & 0xFF00_00FF) | (datum & 0xFF00) << 8 | (datum & 0xFF_0000) >>> 8;
        }
        if (takenBytes() == sourceBytes() || (settings & EXTENDS) == 0) {
            return value;
        }
        int wider = Byte.SIZE * (targetBytes() - sourceBytes());
        int unused = Integer.SIZE - Byte.SIZE * sourceBytes();
        // Narrower targets take the upper part, wider ones the sign.
        return wider < 0 ? value >>> -wider : value << unused >> unused;
    }

    /** What is written of a datum of the target's width. */
    int given(int datum) {
        int value = datum;
        if ((settings & DBX) != 0 && targetBytes() > 1) {
            value = (value & 0x00FF_00FF) << 8 | (value & 0xFF00_FF00) >>> 8;
        }
        if ((settings & DHX) != 0 && targetBytes() == Integer.BYTES) {
            value = value << Short.SIZE | value >>> Short.SIZE;
        }
        return value;
    }
}
