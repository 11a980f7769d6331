package dev.microvisor.emulator.machine;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Says each thing once. */
final class Warnings {
    private static final int MAX_WARNINGS = 1000;

    private final Consumer<String> listener;
    private final Set<String> said = new HashSet<>();

    Warnings(Consumer<String> listener) {
        this.listener = listener;
    }

    void once(String message) {
        if (said.size() < MAX_WARNINGS && said.add(message)) {
            listener.accept(message);
        }
    }
}
