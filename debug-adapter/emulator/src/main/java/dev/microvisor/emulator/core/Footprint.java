package dev.microvisor.emulator.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which code has run in some stretch of time, in pieces of {@value #PIECE_BYTES} bytes, and whether
 * something happened there that could stop a run other than an instruction's address. It may name
 * too much, never too little: what it does not name has not run.
 */
public final class Footprint {
    /** Nothing has run. */
    public static final Footprint NOTHING = new Footprint(List.of(), false, false);

    static final int PIECE_BITS = 5;
    static final int PIECE_BYTES = 1 << PIECE_BITS;

    /** Pieces in a word of bits, as a power of two. */
    static final int WORD_BITS = 6;

    private final List<Area> areas;
    private final boolean called;
    private final boolean happened;

    Footprint(List<Area> areas, boolean called, boolean happened) {
        this.areas = List.copyOf(areas);
        this.called = called;
        this.happened = happened;
    }

    /** A bit for each piece from {@code base}, the first {@code firstWord} words left out. */
    static final class Area {
        private final int base;
        private final int firstWord;
        private final long[] words;

        private Area(int base, int firstWord, long[] words) {
            this.base = base;
            this.firstWord = firstWord;
            this.words = words;
        }

        /** Copies the bits between the first and the last that is set. */
        static Area of(int base, long[] bits) {
            int first = 0;
            int end = bits.length;
            while (first < end && bits[first] == 0) {
                first++;
            }
            while (end > first && bits[end - 1] == 0) {
                end--;
            }
            return new Area(base, first, Arrays.copyOfRange(bits, first, end));
        }

        private long word(int index) {
            int at = index - firstWord;
            return at < 0 || at >= words.length ? 0 : words[at];
        }

        private boolean includes(int address) {
            int piece = (address - base) >>> PIECE_BITS;
            return (word(piece >>> WORD_BITS) >>> piece & 1) != 0;
        }

        private int endWord() {
            return firstWord + words.length;
        }

        private Area with(Area other) {
            if (words.length == 0) {
                return other;
            }
            if (other.words.length == 0) {
                return this;
            }
            int first = Math.min(firstWord, other.firstWord);
            long[] both = new long[Math.max(endWord(), other.endWord()) - first];
            for (int i = 0; i < both.length; i++) {
                both[i] = word(first + i) | other.word(first + i);
            }
            return new Area(base, first, both);
        }

        private Area onlyWith(Area other) {
            long[] both = new long[words.length];
            for (int i = 0; i < both.length; i++) {
                both[i] = words[i] & other.word(firstWord + i);
            }
            return new Area(base, firstWord, both);
        }

        private boolean same(Area other) {
            return base == other.base
                    && firstWord == other.firstWord
                    && Arrays.equals(words, other.words);
        }
    }

    /** False when the instruction at an address has certainly not been executed. */
    public boolean mayInclude(int address) {
        for (Area area : areas) {
            if (area.includes(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a call of Microvisor was made. */
    public boolean called() {
        return called;
    }

    /** Whether something happened that a run may end at: a fault, a notification, a restart… */
    public boolean happened() {
        return happened;
    }

    /** What has run in one stretch or the other. */
    public Footprint with(Footprint other) {
        if (other == NOTHING || other == this) {
            return this;
        }
        if (this == NOTHING) {
            return other;
        }
        List<Area> both = new ArrayList<>();
        for (Area area : areas) {
            Area theirs = other.area(area.base);
            both.add(theirs == null ? area : area.with(theirs));
        }
        for (Area theirs : other.areas) {
            if (area(theirs.base) == null) {
                both.add(theirs);
            }
        }
        return new Footprint(both, called || other.called, happened || other.happened);
    }

    /** What is left of two answers about the same stretch, neither of which names too little. */
    public Footprint onlyWith(Footprint other) {
        List<Area> both = new ArrayList<>();
        for (Area area : areas) {
            Area theirs = other.area(area.base);
            if (theirs != null) {
                both.add(area.onlyWith(theirs));
            }
        }
        return new Footprint(both, called && other.called, happened && other.happened);
    }

    private Area area(int base) {
        for (Area area : areas) {
            if (area.base == base) {
                return area;
            }
        }
        return null;
    }

    /** Memory that it takes, in bytes. */
    public int bytes() {
        return areas.stream().mapToInt(area -> area.words.length * Long.BYTES).sum();
    }

    /** Whether two footprints name the same. */
    public boolean same(Footprint other) {
        if (areas.size() != other.areas.size()
                || called != other.called
                || happened != other.happened) {
            return false;
        }
        for (int i = 0; i < areas.size(); i++) {
            if (!areas.get(i).same(other.areas.get(i))) {
                return false;
            }
        }
        return true;
    }
}
