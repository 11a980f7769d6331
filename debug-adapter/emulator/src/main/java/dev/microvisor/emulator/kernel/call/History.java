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
    private final Cell<T> newest;
    private final int size;

    private History(int limit, Cell<T> newest, int size) {
        this.limit = limit;
        this.newest = newest;
        this.size = size;
    }

    private record Cell<T>(T entry, Cell<T> older) {}

    /** Empty. Keeps at least {@code limit} entries and never more than twice as many. */
    public static <T> History<T> keeping(int limit) {
        return new History<>(limit, null, 0);
    }

    public History<T> plus(T entry) {
        if (size < 2 * limit) {
            return new History<>(limit, new Cell<>(entry, newest), size + 1);
        }
        Cell<T> kept = null;
        int count = 0;
        for (T old : last(limit - 1)) {
            kept = new Cell<>(old, kept);
            count++;
        }
        return new History<>(limit, new Cell<>(entry, kept), count + 1);
    }

    /** The last entries, oldest first, as many as the limit. */
    public List<T> entries() {
        return last(limit);
    }

    private List<T> last(int count) {
        List<T> found = new ArrayList<>();
        for (Cell<T> cell = newest; cell != null && found.size() < count; cell = cell.older()) {
            found.add(cell.entry());
        }
        Collections.reverse(found);
        return List.copyOf(found);
    }
}
