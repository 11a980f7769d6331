package dev.microvisor.emulator.memory;

import java.util.Arrays;
import java.util.List;

/**
 * The bytes of flash and RAM, page by page in the order of the regions, and who else holds them.
 */
final class Pages {
    private final byte[][] pages;

    /** False while a snapshot shares the page. */
    private final boolean[] owned;

    /** True when instructions of the page were decoded. */
    private final boolean[] code;

    Pages(List<Region> regions) {
        int count = regions.stream().mapToInt(Region::pages).sum();
        this.pages = new byte[count][];
        this.owned = new boolean[count];
        this.code = new boolean[count];
    }

    static int index(Region region, int address) {
        return region.firstPage() + ((address - region.base()) >>> Memory.PAGE_BITS);
    }

    /** 1, 2 or 4 bytes at an aligned address, zero-extended. */
    int read(Region region, int address, int widthBytes) {
        byte[] page = pages[index(region, address)];
        int offset = address & Memory.PAGE_MASK;
        return switch (widthBytes) {
            case 1 -> page[offset] & 0xFF;
            case 2 -> (short) Memory.HALF.get(page, offset) & 0xFFFF;
            default -> (int) Memory.WORD.get(page, offset);
        };
    }

    /** Writes to a page that must be owned. */
    void write(Region region, int address, int widthBytes, int value) {
        byte[] page = pages[index(region, address)];
        int offset = address & Memory.PAGE_MASK;
        switch (widthBytes) {
            case 1 -> page[offset] = (byte) value;
            case 2 -> Memory.HALF.set(page, offset, (short) value);
            default -> Memory.WORD.set(page, offset, value);
        }
    }

    byte[] bytes(int index) {
        return pages[index];
    }

    boolean isOwned(int index) {
        return owned[index];
    }

    boolean isCode(int index) {
        return code[index];
    }

    void markCode(int index) {
        code[index] = true;
    }

    /** Copies a page that a snapshot shares, so that it may be written. */
    void own(int index) {
        pages[index] = pages[index].clone();
        owned[index] = true;
    }

    void fill(int index, int value) {
        pages[index] = new byte[Memory.PAGE_SIZE];
        if (value != 0) {
            Arrays.fill(pages[index], (byte) value);
        }
        owned[index] = true;
    }

    /** All pages as they are; they are shared from now on. */
    byte[][] share() {
        Arrays.fill(owned, false);
        return pages.clone();
    }

    /** Puts a shared page in; false when it is there already. */
    boolean replace(int index, byte[] page) {
        owned[index] = false;
        if (pages[index] == page) {
            return false;
        }
        pages[index] = page;
        return true;
    }

    long hash(long seed) {
        long hash = seed;
        for (byte[] page : pages) {
            hash = hash * 0x9E37_79B9_7F4A_7C15L + Arrays.hashCode(page);
        }
        return hash;
    }
}
