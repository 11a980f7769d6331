package dev.microvisor.emulator.memory;

import java.util.ArrayList;
import java.util.List;

/** Ranges of memory with something special about them: write protection and watchpoints. */
final class RangeGuards {
    private final AccessListener listener;
    private List<ProtectedRange> protectedRanges = new ArrayList<>();
    private List<WatchRange> watches = List.of();
    private int hits;

    RangeGuards(AccessListener listener) {
        this.listener = listener;
    }

    /** Replaces the watchpoints; false when they are the same. */
    boolean setWatches(List<WatchRange> newWatches) {
        if (watches.equals(newWatches)) {
            return false;
        }
        watches = List.copyOf(newWatches);
        return true;
    }

    void protect(ProtectedRange range) {
        protectedRanges.add(range);
    }

    /** Removes one range with exactly these bounds; false when there is none. */
    boolean unprotect(int address, int sizeBytes) {
        for (int i = protectedRanges.size() - 1; i >= 0; i--) {
            ProtectedRange range = protectedRanges.get(i);
            if (range.address() == address && range.sizeBytes() == sizeBytes) {
                protectedRanges.remove(i);
                return true;
            }
        }
        return false;
    }

    List<ProtectedRange> protectedRanges() {
        return protectedRanges;
    }

    void setProtectedRanges(List<ProtectedRange> ranges) {
        protectedRanges = new ArrayList<>(ranges);
    }

    /** The write-protected range that a store would touch, or null. */
    ProtectedRange protecting(int address, int sizeBytes) {
        for (ProtectedRange range : protectedRanges) {
            if (range.touches(address, sizeBytes)) {
                return range;
            }
        }
        return null;
    }

    /** True when some read or write of the block has to be reported. */
    boolean watches(int address, int sizeBytes, boolean write) {
        for (WatchRange watch : watches) {
            if ((write ? watch.onWrite() : watch.onRead()) && watch.touches(address, sizeBytes)) {
                return true;
            }
        }
        return false;
    }

    /** Tells the listener of an access that was made. */
    void report(int address, int widthBytes, boolean write) {
        for (WatchRange watch : watches) {
            if ((write ? watch.onWrite() : watch.onRead()) && watch.touches(address, widthBytes)) {
                hits++;
                listener.watchHit(watch.id(), address, write);
            }
        }
    }

    /** How often the listener was told; wraps around. */
    int hits() {
        return hits;
    }
}
