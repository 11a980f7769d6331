package dev.microvisor.symbols.dwarf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What could not be read, in words; kept so that a user can be told once. Thread-safe. */
public final class Problems {
    private static final int MAX_KEPT = 100;

    private final Set<String> messages = Collections.synchronizedSet(new LinkedHashSet<>());

    public void add(String message) {
        if (messages.size() < MAX_KEPT) {
            messages.add(message);
        }
    }

    public List<String> all() {
        synchronized (messages) {
            return List.copyOf(new ArrayList<>(messages));
        }
    }
}
