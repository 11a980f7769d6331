package dev.microvisor.emulator.core;

import dev.microvisor.emulator.memory.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Notes which code runs, for {@link Footprint}. The interpreter notes each {@link Sequence} as far
 * as it was executed; a compiled region is noted as a whole when it is first entered after {@link
 * #take}.
 */
final class Tracks {
    /** Size of what is noted outside memory: the table of Microvisor's calls is there. */
    private static final int OUTSIDE_BYTES = 4096;

    /** Notes of one region of memory. */
    static final class Track {
        private final int base;
        private final int sizeBytes;
        private final long[] bits;

        private Track(int base, int sizeBytes) {
            this.base = base;
            this.sizeBytes = sizeBytes;
            int pieces = (sizeBytes >>> Footprint.PIECE_BITS) + 1;
            this.bits = new long[(pieces >>> Footprint.WORD_BITS) + 1];
        }

        private boolean contains(int address) {
            return Integer.compareUnsigned(address - base, sizeBytes) < 0;
        }

        /**
         * The instructions from one address to another have run; without effect when they are of
         * another region.
         */
        void ran(int from, int to) {
            if (!contains(from)) {
                return;
            }
            int last = (to - base) >>> Footprint.PIECE_BITS;
            for (int piece = (from - base) >>> Footprint.PIECE_BITS; piece <= last; piece++) {
                bits[piece >>> Footprint.WORD_BITS] |= 1L << piece;
            }
        }
    }

    private final List<Track> tracks = new ArrayList<>();

    /** The one that was asked for last, which is of calls when there are many. */
    private Track latest;

    /** How often it was asked what has run. */
    private int stretch;

    private boolean called;
    private boolean happened;

    /** The notes of a region of memory. */
    Track of(Region region) {
        return at(region.base(), region.sizeBytes());
    }

    private Track at(int base, int sizeBytes) {
        if (latest != null && latest.contains(base)) {
            return latest;
        }
        for (Track track : tracks) {
            if (track.contains(base)) {
                latest = track;
                return track;
            }
        }
        latest = new Track(base, sizeBytes);
        tracks.add(latest);
        return latest;
    }

    /** A number that is another one after each {@link #take}. */
    int stretch() {
        return stretch;
    }

    /** A call of Microvisor is made; its place in the table counts as executed. */
    void called(int slot) {
        called = true;
        at(slot & -OUTSIDE_BYTES, OUTSIDE_BYTES).ran(slot, slot);
    }

    /** Something happens that a run may end at. */
    void happened() {
        happened = true;
    }

    /** What has run since the last time, or since the beginning. */
    Footprint take() {
        stretch++;
        List<Footprint.Area> areas = new ArrayList<>();
        for (Track track : tracks) {
            areas.add(Footprint.Area.of(track.base, track.bits));
            Arrays.fill(track.bits, 0);
        }
        Footprint taken = new Footprint(areas, called, happened);
        called = false;
        happened = false;
        return taken;
    }
}
