package dev.microvisor.emulator.memory;

/**
 * Loads and stores of plain memory for compiled code. Whatever is not plain throws {@link
 * SlowAccess} and has no effect.
 *
 * <p>The tables are passed in so that compiled code keeps them in local variables. The rotation
 * makes one comparison test both alignment and range: the low bits of an unaligned address become
 * the high bits of its slot.
 */
public final class PageAccess {
    private PageAccess() {}

    public static int word(Memory memory, byte[][] readable, int address) {
        int slot = Integer.rotateRight(address, 2) >>> (Memory.PAGE_BITS - 2);
        if (slot < Memory.TABLE_PAGES) {
            byte[] page = readable[slot];
            if (page != null) {
                return (int) Memory.WORD.get(page, address & Memory.PAGE_MASK);
            }
        }
        return memory.plainLoad(address, 4);
    }

    public static int half(Memory memory, byte[][] readable, int address) {
        int slot = Integer.rotateRight(address, 1) >>> (Memory.PAGE_BITS - 1);
        if (slot < Memory.TABLE_PAGES) {
            byte[] page = readable[slot];
            if (page != null) {
                return (short) Memory.HALF.get(page, address & Memory.PAGE_MASK) & 0xFFFF;
            }
        }
        return memory.plainLoad(address, 2);
    }

    public static int oneByte(Memory memory, byte[][] readable, int address) {
        int slot = address >>> Memory.PAGE_BITS;
        if (slot < Memory.TABLE_PAGES) {
            byte[] page = readable[slot];
            if (page != null) {
                return page[address & Memory.PAGE_MASK] & 0xFF;
            }
        }
        return memory.plainLoad(address, 1);
    }

    public static void word(Memory memory, byte[][] writable, int address, int value) {
        int slot = Integer.rotateRight(address, 2) >>> (Memory.PAGE_BITS - 2);
        if (slot < Memory.TABLE_PAGES) {
            byte[] page = writable[slot];
            if (page != null) {
                Memory.WORD.set(page, address & Memory.PAGE_MASK, value);
                return;
            }
        }
        memory.plainStore(address, 4, value);
    }

    public static void half(Memory memory, byte[][] writable, int address, int value) {
        int slot = Integer.rotateRight(address, 1) >>> (Memory.PAGE_BITS - 1);
        if (slot < Memory.TABLE_PAGES) {
            byte[] page = writable[slot];
            if (page != null) {
                Memory.HALF.set(page, address & Memory.PAGE_MASK, (short) value);
                return;
            }
        }
        memory.plainStore(address, 2, value);
    }

    public static void oneByte(Memory memory, byte[][] writable, int address, int value) {
        int slot = address >>> Memory.PAGE_BITS;
        if (slot < Memory.TABLE_PAGES) {
            byte[] page = writable[slot];
            if (page != null) {
                page[address & Memory.PAGE_MASK] = (byte) value;
                return;
            }
        }
        memory.plainStore(address, 1, value);
    }

    /** The page that holds all of some words to load, for {@link #get}. */
    public static byte[] readableRun(byte[][] readable, int address, int sizeBytes) {
        return run(readable, address, sizeBytes);
    }

    /** The page that holds all of some words to store, for {@link #put}. */
    public static byte[] writableRun(Memory memory, byte[][] writable, int address, int sizeBytes) {
        int slot = address >>> Memory.PAGE_BITS;
        if (slot < Memory.TABLE_PAGES && writable[slot] == null) {
            memory.makeWritable(address, sizeBytes);
        }
        return run(writable, address, sizeBytes);
    }

    private static byte[] run(byte[][] table, int address, int sizeBytes) {
        int slot = Integer.rotateRight(address, 2) >>> (Memory.PAGE_BITS - 2);
        if (slot < Memory.TABLE_PAGES
                && (address & Memory.PAGE_MASK) <= Memory.PAGE_SIZE - sizeBytes) {
            byte[] page = table[slot];
            if (page != null) {
                return page;
            }
        }
        throw SlowAccess.INSTANCE;
    }

    public static int get(byte[] page, int address) {
        return (int) Memory.WORD.get(page, address & Memory.PAGE_MASK);
    }

    public static void put(byte[] page, int address, int value) {
        Memory.WORD.set(page, address & Memory.PAGE_MASK, value);
    }
}
