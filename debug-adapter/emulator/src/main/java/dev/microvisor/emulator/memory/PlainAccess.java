package dev.microvisor.emulator.memory;

/**
 * Accesses of compiled code that the tables of pages do not allow at once: those that are plain all
 * the same (unaligned, or the first store to a page since a snapshot) are made, the others refused.
 */
final class PlainAccess {
    /**
     * Where a slot that allows nothing leads: not into the array of words, whichever of the four
     * addresses that share the slot is accessed.
     */
    private static final int NOWHERE = 0x2000_0000;

    private final Memory memory;
    private final int[] readable;
    private final int[] words;
    private final Pages pages;
    private final RangeGuards guards;
    private ReadClock clock;

    PlainAccess(Memory memory, Pages pages, RangeGuards guards) {
        this.memory = memory;
        this.readable = memory.readableTable();
        this.words = memory.words();
        this.pages = pages;
        this.guards = guards;
    }

    void setClock(ReadClock newClock) {
        clock = newClock;
    }

    /** A table that allows nothing. */
    static int[] nothing() {
        int[] table = new int[Memory.TABLE_PAGES];
        for (int i = 0; i < table.length; i++) {
            table[i] = nowhere(i);
        }
        return table;
    }

    static int nowhere(int slot) {
        return NOWHERE - (slot << Memory.PAGE_BITS);
    }

    /** A load that only reads flash or RAM, possibly unaligned; else {@link SlowAccess}. */
    int load(int address, int widthBytes) {
        int first = PageAccess.byteIndex(readable, address);
        int last = PageAccess.byteIndex(readable, address + widthBytes - 1);
        if (memory.trapsUnaligned()
                || first < 0
                || last >= words.length
                || ((last - first) & ~1) != 0) {
            if (!isPlain(address, widthBytes, false)) {
                throw SlowAccess.INSTANCE;
            }
            return memory.load(address, widthBytes);
        }
        return across(first, last, address, widthBytes);
    }

    /** A load that may also read a device, at the time at which {@code left} are left. */
    int load(int address, int widthBytes, int left) {
        if (!memory.isDevice(address, widthBytes) || guards.watches(address, widthBytes, false)) {
            return load(address, widthBytes);
        }
        clock.reach(left);
        int value = memory.load(address, widthBytes);
        if (!clock.mayGoOn()) {
            // The instruction has to be the last: the interpreter executes it.
            memory.keepRead(address, value);
            throw SlowAccess.INSTANCE;
        }
        return value;
    }

    private int across(int first, int last, int address, int widthBytes) {
        long both = (long) words[last] << 32 | (words[first] & 0xFFFF_FFFFL);
        if (first == last) {
            both = words[first] & 0xFFFF_FFFFL;
        }
        return (int) (both >>> ((address & 3) << 3)) & (-1 >>> (32 - 8 * widthBytes));
    }

    /** A store that only writes RAM, possibly unaligned; else {@link SlowAccess}. */
    void store(int address, int widthBytes, int value) {
        if (!isPlain(address, widthBytes, true)) {
            throw SlowAccess.INSTANCE;
        }
        memory.store(address, widthBytes, value);
    }

    /** Makes a page's slot in the table of writable pages valid if nothing speaks against it. */
    void makeWritable(int address, int sizeBytes) {
        if (isPlain(address, sizeBytes, true)) {
            memory.ownPage(memory.regionAt(address), address);
        }
    }

    /** What fits into two granules is permitted when both ends are. */
    private boolean permits(int address, int sizeBytes, boolean write) {
        Protection protection = memory.protection();
        boolean privileged = memory.privileged();
        return protection.disabled()
                || (sizeBytes <= Protection.GRANULE
                        && protection.permits(address, write, privileged)
                        && protection.permits(address + sizeBytes - 1, write, privileged));
    }

    private boolean isPlain(int address, int sizeBytes, boolean write) {
        Region region = memory.regionAt(address);
        if (region == null
                || !permits(address, sizeBytes, write)
                || !region.contains(address, sizeBytes)
                || (memory.trapsUnaligned() && (address & (sizeBytes - 1)) != 0)
                || guards.watches(address, sizeBytes, write)) {
            return false;
        }
        return !write
                || (region.writable()
                        && guards.protecting(address, sizeBytes) == null
                        && !pages.isCode(Pages.index(region, address))
                        && !pages.isCode(Pages.index(region, address + sizeBytes - 1)));
    }
}
