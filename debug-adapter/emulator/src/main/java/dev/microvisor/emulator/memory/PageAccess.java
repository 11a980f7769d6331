package dev.microvisor.emulator.memory;

/**
 * Loads and stores of plain memory for compiled code. Whatever is not plain throws {@link
 * SlowAccess} and has no effect.
 *
 * <p>Array and tables are passed in so that compiled code keeps them in local variables. The two
 * comparisons in each function are the ones that HotSpot makes one of, and that spares it the check
 * of the array access; the rotation makes them test alignment, too: the low bits of an unaligned
 * address become the high bits of its index.
 */
public final class PageAccess {
    private PageAccess() {}

    /** Index of a word, out of range when the access is not plain. */
    public static int wordIndex(int[] table, int address) {
        return Integer.rotateRight(address + table[slot(table, address)], 2);
    }

    /** The slot of an address; HotSpot knows that it is in the table. */
    private static int slot(int[] table, int address) {
        return (address >>> Memory.PAGE_BITS) & (table.length - 1);
    }

    /** Index of the word around a halfword, out of range when the access is not plain. */
    public static int halfIndex(int[] table, int address) {
        return byteIndex(table, address) | (address & 1) << 31;
    }

    /** Index of the word around a byte, out of range when the access is not plain. */
    public static int byteIndex(int[] table, int address) {
        return (address + table[slot(table, address)]) >> 2;
    }

    /** A word with the byte of an address replaced. */
    public static int withByte(int word, int address, int value) {
        int shift = address << 3;
        return (word & ~(0xFF << shift)) | (value & 0xFF) << shift;
    }

    /** A word with the halfword of an address replaced. */
    public static int withHalf(int word, int address, int value) {
        int shift = address << 3;
        return (word & ~(0xFFFF << shift)) | (value & 0xFFFF) << shift;
    }

    public static int word(Memory memory, int[] words, int[] readable, int address) {
        int at = wordIndex(readable, address);
        if (at >= 0 && at < words.length) {
            return words[at];
        }
        return memory.plain().load(address, 4);
    }

    public static int half(Memory memory, int[] words, int[] readable, int address) {
        int at = halfIndex(readable, address);
        if (at >= 0 && at < words.length) {
            return words[at] >>> (address << 3) & 0xFFFF;
        }
        return memory.plain().load(address, 2);
    }

    public static int oneByte(Memory memory, int[] words, int[] readable, int address) {
        int at = byteIndex(readable, address);
        if (at >= 0 && at < words.length) {
            return words[at] >>> (address << 3) & 0xFF;
        }
        return memory.plain().load(address, 1);
    }

    /**
     * A load that may also be one of a device.
     *
     * @param left as in {@link ReadClock#reach}
     */
    public static int readWord(Memory memory, int[] words, int[] readable, int address, int left) {
        int at = wordIndex(readable, address);
        if (at >= 0 && at < words.length) {
            return words[at];
        }
        return memory.plain().load(address, 4, left);
    }

    public static int readHalf(Memory memory, int[] words, int[] readable, int address, int left) {
        int at = halfIndex(readable, address);
        if (at >= 0 && at < words.length) {
            return words[at] >>> (address << 3) & 0xFFFF;
        }
        return memory.plain().load(address, 2, left);
    }

    public static int readByte(Memory memory, int[] words, int[] readable, int address, int left) {
        int at = byteIndex(readable, address);
        if (at >= 0 && at < words.length) {
            return words[at] >>> (address << 3) & 0xFF;
        }
        return memory.plain().load(address, 1, left);
    }

    public static void word(Memory memory, int[] words, int[] writable, int address, int value) {
        int at = wordIndex(writable, address);
        if (at >= 0 && at < words.length) {
            words[at] = value;
            return;
        }
        memory.plain().store(address, 4, value);
    }

    public static void half(Memory memory, int[] words, int[] writable, int address, int value) {
        int at = halfIndex(writable, address);
        if (at >= 0 && at < words.length) {
            int shift = address << 3;
            words[at] = (words[at] & ~(0xFFFF << shift)) | (value & 0xFFFF) << shift;
            return;
        }
        memory.plain().store(address, 2, value);
    }

    public static void oneByte(Memory memory, int[] words, int[] writable, int address, int value) {
        int at = byteIndex(writable, address);
        if (at >= 0 && at < words.length) {
            int shift = address << 3;
            words[at] = (words[at] & ~(0xFF << shift)) | (value & 0xFF) << shift;
            return;
        }
        memory.plain().store(address, 1, value);
    }

    /** Index of the first of some words to load. */
    public static int readableRun(int[] words, int[] readable, int address, int sizeBytes) {
        int at = wordIndex(readable, address);
        if (at < 0 || at >= words.length || splits(readable, address, sizeBytes)) {
            throw SlowAccess.INSTANCE;
        }
        return at;
    }

    /** Index of the first of some words to store. */
    public static int writableRun(
            Memory memory, int[] words, int[] writable, int address, int sizeBytes) {
        int at = wordIndex(writable, address);
        if (at < 0 || at >= words.length || splits(writable, address, sizeBytes)) {
            memory.plain().makeWritable(address, sizeBytes);
            at = wordIndex(writable, address);
            if (at < 0 || at >= words.length || splits(writable, address, sizeBytes)) {
                throw SlowAccess.INSTANCE;
            }
        }
        return at;
    }

    /** True when the words end in another page, and that is not plain behind this one. */
    private static boolean splits(int[] table, int address, int sizeBytes) {
        int last = address + sizeBytes - 1;
        return (address ^ last) >>> Memory.PAGE_BITS != 0
                && table[slot(table, last)] != table[slot(table, address)];
    }
}
