package dev.microvisor.emulator.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * All flash and RAM at one instant. Pages are shared with the running memory until that writes
 * them, so taking one costs microseconds.
 */
public final class MemoryImage {
    final byte[][] pages;
    final List<ProtectedRange> protectedRanges;

    MemoryImage(byte[][] pages, List<ProtectedRange> protectedRanges) {
        this.pages = pages;
        this.protectedRanges = List.copyOf(protectedRanges);
    }

    /** Indexes of the pages in which two images differ. */
    public List<Integer> changedPages(MemoryImage other) {
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] != other.pages[i]) {
                changed.add(i);
            }
        }
        return changed;
    }

    /**
     * False when the page that holds an address has certainly not been written between the taking
     * of two images.
     */
    public boolean mayDiffer(MemoryImage other, Region region, int address) {
        int page = Pages.index(region, address);
        return pages[page] != other.pages[page];
    }
}
