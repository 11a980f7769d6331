package dev.microvisor.emulator.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The contents of flash and RAM, page by page in the order of the regions, and what snapshots have
 * of them.
 *
 * <p>All of it lies in one array of words, so that an access needs one bounds check only. A page is
 * copied out of it when an image is made and the page has been written since the last one.
 */
final class Pages {
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PAGE_WORDS = Memory.PAGE_SIZE / 4;
    private static final int PAGE_WORD_BITS = Memory.PAGE_BITS - 2;

    /** Little-endian words; page {@code i} begins at {@code i * PAGE_WORDS}. */
    private final int[] words;

    /** What images hold of each page; never written. Out of date while the page is owned. */
    private final byte[][] copies;

    /** True when the page may have been written since its copy was made. */
    private final boolean[] owned;

    /** True when instructions of the page were decoded. */
    private final boolean[] code;

    Pages(List<Region> regions) {
        int count = regions.stream().mapToInt(Region::pages).sum();
        this.words = new int[count * PAGE_WORDS];
        this.copies = new byte[count][];
        this.owned = new boolean[count];
        this.code = new boolean[count];
    }

    static int index(Region region, int address) {
        return region.firstPage() + ((address - region.base()) >>> Memory.PAGE_BITS);
    }

    /** The array behind all pages, for the fast paths. */
    int[] words() {
        return words;
    }

    /** Where a page's bytes begin, counted in bytes from the start of {@link #words}. */
    static int byteOffset(int index) {
        return index << Memory.PAGE_BITS;
    }

    private static int wordIndex(Region region, int address) {
        return index(region, address) << PAGE_WORD_BITS | (address & Memory.PAGE_MASK) >>> 2;
    }

    /** 1, 2 or 4 bytes at an aligned address, zero-extended. */
    int read(Region region, int address, int widthBytes) {
        int word = words[wordIndex(region, address)] >>> (address << 3);
        return switch (widthBytes) {
            case 1 -> word & 0xFF;
            case 2 -> word & 0xFFFF;
            default -> word;
        };
    }

    /** Writes to a page that must be owned. */
    void write(Region region, int address, int widthBytes, int value) {
        int at = wordIndex(region, address);
        int mask = widthBytes == 4 ? -1 : (1 << (8 * widthBytes)) - 1;
        words[at] = (words[at] & ~(mask << (address << 3))) | (value & mask) << (address << 3);
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

    /** Says that a page is going to be written. */
    void own(int index) {
        owned[index] = true;
    }

    /** Copies bytes out of one page. */
    void read(int index, int offset, byte[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            int from = Pages.byteOffset(index) + offset + i;
            target[at + i] = (byte) (words[from >>> 2] >>> (from << 3));
        }
    }

    /** Copies bytes into one page, which must be owned. */
    void write(int index, int offset, byte[] source, int at, int count) {
        for (int i = 0; i < count; i++) {
            int to = Pages.byteOffset(index) + offset + i;
            int shift = to << 3;
            words[to >>> 2] =
                    (words[to >>> 2] & ~(0xFF << shift)) | (source[at + i] & 0xFF) << shift;
        }
    }

    /**
     * Fills a whole region with one value; its pages share one copy.
     *
     * @param value a byte
     */
    void fill(Region region) {
        byte[] page = new byte[Memory.PAGE_SIZE];
        Arrays.fill(page, (byte) region.fill());
        int first = region.firstPage();
        int end = first + region.pages();
        Arrays.fill(copies, first, end, page);
        Arrays.fill(owned, first, end, false);
        int word = (region.fill() & 0xFF) * 0x0101_0101;
        Arrays.fill(words, first << PAGE_WORD_BITS, end << PAGE_WORD_BITS, word);
    }

    /** All pages as they are; they are shared from now on. */
    byte[][] share() {
        for (int i = 0; i < copies.length; i++) {
            if (owned[i]) {
                copies[i] = copyOf(i);
                owned[i] = false;
            }
        }
        return copies.clone();
    }

    private byte[] copyOf(int index) {
        byte[] page = new byte[Memory.PAGE_SIZE];
        int from = index << PAGE_WORD_BITS;
        for (int i = 0; i < PAGE_WORDS; i++) {
            WORD.set(page, 4 * i, words[from + i]);
        }
        return page;
    }

    /** Puts a shared page in; false when it is there already. */
    boolean replace(int index, byte[] page) {
        if (!owned[index] && copies[index] == page) {
            return false;
        }
        int to = index << PAGE_WORD_BITS;
        for (int i = 0; i < PAGE_WORDS; i++) {
            words[to + i] = (int) WORD.get(page, 4 * i);
        }
        copies[index] = page;
        owned[index] = false;
        return true;
    }

    long hash(long seed) {
        long hash = seed;
        for (int i = 0; i < words.length; i += 2) {
            long pair = (long) words[i + 1] << 32 | (words[i] & 0xFFFF_FFFFL);
            hash = (hash ^ pair) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
