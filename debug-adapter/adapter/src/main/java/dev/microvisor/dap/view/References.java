package dev.microvisor.dap.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Numbers that the client holds for things that can be opened. All are gone when the firmware goes
 * on, so a stale number is recognised and never shows a value of another stop.
 */
public final class References<T> {
    /** Far more rows than a person opens between two stops. */
    private static final int MAX_REFERENCES = 1_000_000;

    private final List<T> things = new ArrayList<>();
    private int first = 1;

    /** A number for a thing; 0 when there are too many. */
    public int add(T thing) {
        if (things.size() >= MAX_REFERENCES) {
            return 0;
        }
        things.add(thing);
        return first + things.size() - 1;
    }

    public Optional<T> get(int reference) {
        int index = reference - first;
        return index >= 0 && index < things.size()
                ? Optional.of(things.get(index))
                : Optional.empty();
    }

    /** Forgets all; their numbers are not used again. */
    public void clear() {
        first += things.size();
        things.clear();
        if (first < 0 || first > Integer.MAX_VALUE - MAX_REFERENCES) {
            first = 1;
        }
    }
}
