package dev.microvisor.analysis.engine;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * What is stored at the places of one root, by path: wholes stand before their parts. Never
 * changes.
 */
final class Cells implements PersistentMap.Marked {
    static final Cells NONE = new Cells(new Place[0], new Value[0], 0);

    /** Sorted by path. */
    private final Place[] places;

    private final Value[] values;

    /** Of each place and value together. */
    private final int[] hashes;

    private final int hash;
    private final long marks;

    private Cells(Place[] places, Value[] values, int count) {
        this.places = count == places.length ? places : Arrays.copyOf(places, count);
        this.values = count == values.length ? values : Arrays.copyOf(values, count);
        this.hashes = new int[count];
        int sum = 0;
        long bits = 0;
        for (int i = 0; i < count; i++) {
            hashes[i] = places[i].path().hashCode() ^ values[i].hashCode() * 17;
            sum = sum * 31 + hashes[i];
            bits |= marks(values[i]);
        }
        this.hash = sum;
        this.marks = bits;
    }

    /** One bit for each symbol that a value is made of; more symbols than bits share them. */
    private static long marks(Value value) {
        if (value instanceof Value.Symbolic s) {
            return mark(s.sym());
        }
        if (value instanceof Value.Truth t) {
            return mark(t.sym());
        }
        if (value instanceof Value.Address a) {
            return a.place().root() instanceof Place.Pointee p ? mark(p.pointer()) : 0;
        }
        return value instanceof Value.Pending p
                ? ALWAYS_JOINED | mark(p.status()) | marks(p.then()) | marks(p.otherwise())
                : 0;
    }

    /** The bit of a symbol. */
    static long mark(Sym sym) {
        return 1L << Integer.remainderUnsigned(sym.hashCode() * 0x9E3779B9, 63);
    }

    @Override
    public long marks() {
        return marks;
    }

    int size() {
        return places.length;
    }

    boolean isEmpty() {
        return places.length == 0;
    }

    Value get(String path) {
        int at = find(path);
        return at < 0 ? null : values[at];
    }

    private int find(String path) {
        int low = 0;
        int high = places.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = places[middle].path().compareTo(path);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    /** With a value at a place that may be new; its parts stay. */
    Cells with(Place place, Value value) {
        int at = find(place.path());
        int count = places.length;
        if (at >= 0) {
            Place[] samePlaces = places.clone();
            Value[] newValues = values.clone();
            samePlaces[at] = place;
            newValues[at] = value;
            return new Cells(samePlaces, newValues, count);
        }
        int insert = -1 - at;
        Place[] morePlaces = new Place[count + 1];
        Value[] moreValues = new Value[count + 1];
        System.arraycopy(places, 0, morePlaces, 0, insert);
        System.arraycopy(values, 0, moreValues, 0, insert);
        morePlaces[insert] = place;
        moreValues[insert] = value;
        System.arraycopy(places, insert, morePlaces, insert + 1, count - insert);
        System.arraycopy(values, insert, moreValues, insert + 1, count - insert);
        return new Cells(morePlaces, moreValues, count + 1);
    }

    /** Without the entries that a test names. */
    Cells without(BiPredicate<Place, Value> gone) {
        Place[] left = new Place[places.length];
        Value[] with = new Value[places.length];
        int count = 0;
        for (int i = 0; i < places.length; i++) {
            if (!gone.test(places[i], values[i])) {
                left[count] = places[i];
                with[count++] = values[i];
            }
        }
        return count == places.length ? this : count == 0 ? NONE : new Cells(left, with, count);
    }

    /** The same places with other values. */
    Cells replace(BiFunction<Place, Value, Value> with) {
        Value[] changed = null;
        for (int i = 0; i < values.length; i++) {
            Value value = with.apply(places[i], values[i]);
            if (value != values[i]) {
                changed = changed == null ? values.clone() : changed;
                changed[i] = value;
            }
        }
        return changed == null ? this : new Cells(places, changed, changed.length);
    }

    /** Wholes before their parts. */
    void forEach(BiConsumer<Place, Value> action) {
        for (int i = 0; i < places.length; i++) {
            action.accept(places[i], values[i]);
        }
    }

    /** How many entries others do not have alike, by their hash codes; null has none. */
    int distance(Cells other) {
        if (other == null) {
            return places.length;
        }
        int differ = 0;
        int j = 0;
        for (int i = 0; i < places.length; i++) {
            while (j < other.places.length && comesBefore(other.places[j], places[i])) {
                j++;
            }
            differ += j < other.places.length && other.hashes[j] == hashes[i] ? 0 : 1;
        }
        return differ;
    }

    private static boolean comesBefore(Place a, Place b) {
        return !a.equals(b) && a.path().compareTo(b.path()) < 0;
    }

    /**
     * What was stored at a path or at one that contains it; null when nothing was.
     *
     * @param some the mark of an index that is not known
     */
    Value stored(String path, String some) {
        Value exact = get(path);
        if (exact != null) {
            return exact;
        }
        int index = path.indexOf(some);
        if (index >= 0 && isStoredBelow(path.substring(0, index))) {
            return Value.UNKNOWN;
        }
        String outer = path;
        while (!outer.isEmpty()) {
            int cut = Math.max(outer.lastIndexOf('.'), outer.lastIndexOf('['));
            if (cut < 0) {
                return null;
            }
            outer = outer.substring(0, cut);
            Value value = get(outer);
            if (value != null) {
                return State.part(value, path.substring(outer.length()));
            }
        }
        return null;
    }

    private boolean isStoredBelow(String path) {
        for (Place place : places) {
            if (place.path().length() > path.length() && Place.startsWith(place.path(), path)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof Cells c) || c.hash != hash || !Arrays.equals(c.hashes, hashes)) {
            return false;
        }
        for (int i = 0; i < places.length; i++) {
            if (!c.places[i].path().equals(places[i].path()) || !c.values[i].equals(values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
