package dev.microvisor.emulator.kernel.call;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The last entries of something that goes on for ever. Immutable; older histories share what newer
 * ones hold.
 *
 * @param <T> immutable entries
 */
public final class History<T> {
    private final int limit;

    /** The newest entries, at most as many as the limit. */
    private final Cell<T> newest;

    private final int size;

    /** Exactly as many older ones, or null. */
    private final Cell<T> before;

    private History(int limit, Cell<T> newest, int size, Cell<T> before) {
        this.limit = limit;
        this.newest = newest;
        this.size = size;
        this.before = before;
    }

    private record Cell<T>(T entry, Cell<T> older) {}

    /** Empty. Keeps at least {@code limit} entries and never more than twice as many. */
    public static <T> History<T> keeping(int limit) {
        return new History<>(limit, null, 0, null);
    }

    public History<T> plus(T entry) {
        return size < limit
                ? new History<>(limit, new Cell<>(entry, newest), size + 1, before)
                : new History<>(limit, new Cell<>(entry, null), 1, newest);
    }

    /** The last entries, oldest first, as many as the limit. */
    public List<T> entries() {
        List<T> found = new ArrayList<>();
        addTo(found, newest);
        addTo(found, before);
        Collections.reverse(found);
        return List.copyOf(found);
    }

    private void addTo(List<T> found, Cell<T> first) {
        for (Cell<T> cell = first; cell != null && found.size() < limit; cell = cell.older()) {
            found.add(cell.entry());
        }
    }
}
