package dev.microvisor.dap.view;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.StatusCase;
import java.util.Optional;

/** What constants of the header mean, in the catalog's words. */
final class Meanings {
    private final Catalog catalog = Catalog.bundled();

    /** {@code MV_NETWORKSTATUS_CONNECTED: …}; the name alone when the catalog has no words. */
    String of(String constant) {
        return words(constant).map(m -> constant + ": " + m).orElse(constant);
    }

    /** The words alone. */
    Optional<String> words(String constant) {
        return catalog.constant(constant).map(c -> c.meaning()).filter(m -> !m.isEmpty());
    }

    /** A status with the case in which this very call gives it. */
    String ofStatus(String call, String status) {
        Optional<String> when =
                catalog.call(call).stream()
                        .flatMap(c -> c.statuses().stream())
                        .filter(s -> s.status().equals(status))
                        .map(StatusCase::when)
                        .filter(w -> !w.isEmpty())
                        .findFirst();
        return when.map(w -> status + ": " + w).orElseGet(() -> of(status));
    }

    /** One sentence about a call. */
    String ofCall(String name) {
        return catalog.call(name).map(c -> c.summary()).orElse("");
    }
}
