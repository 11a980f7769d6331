package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.project.ArmToolchain;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was seen in sources and headers, and what is left of headers without what no source can
 * notice. It only ever learns: that a name is mentioned somewhere, once, keeps its macros for good,
 * so that what it leaves out is left out rightly in every later lint. Safe for several threads.
 */
final class HeaderMemory {
    /** More names than a project has; then most of them were mistyped. */
    private static final int MAX_NAMES = 1 << 19;

    /**
     * Characters of texts that have been replaced since: macros in them are still looked up there.
     */
    private static final long MAX_STALE = 8L << 20;

    private final NameTable names = new NameTable();
    private final LiveNames live = new LiveNames(names);
    private final Map<Key, HeaderScan> scans = new ConcurrentHashMap<>();
    private final Map<Key, Pruned> pruned = new ConcurrentHashMap<>();
    private long stale;

    /**
     * How a file was looked at.
     *
     * @param whole nothing of it may be left out
     * @param cpp with C++ among the units, whose inline functions others may call
     */
    record Key(String path, boolean whole, boolean cpp) {}

    /** A text and the number of live macros it was made with. */
    private record Pruned(HeaderScan of, int macros, SourceText text) {}

    HeaderMemory() {
        ArmToolchain.macros().values().forEach(v -> live.add(v.toCharArray()));
    }

    synchronized boolean isWornOut() {
        return live.isEverything() || names.size() > MAX_NAMES || stale > MAX_STALE;
    }

    NameTable names() {
        return names;
    }

    synchronized boolean isEverything() {
        return live.isEverything();
    }

    /** What is known of a text; null when it has not been looked through. */
    HeaderScan scan(Key key, SourceText text) {
        HeaderScan scan = scans.get(key);
        return scan != null && scan.text() == text.chars() ? scan : null;
    }

    /**
     * Looks through a text; {@link #learn} what comes out before anything is left out of others.
     */
    synchronized HeaderScan look(Key key, SourceText text) {
        HeaderScan scan = new HeaderScanner(text.chars(), names, key.whole(), key.cpp()).scan();
        if (scan.isOpaque()) {
            scan = new HeaderScanner(text.chars(), names, true, key.cpp()).scan();
            scan.opaque();
        }
        HeaderScan before = scans.put(key, scan);
        stale += before == null ? 0 : before.text().length;
        return scan;
    }

    /** Adds what new texts and values of {@code -D} mention. */
    synchronized void learn(Collection<HeaderScan> fresh, Collection<String> values) {
        values.forEach(v -> live.add(v.toCharArray()));
        live.add(fresh);
    }

    /** What is left of a header. */
    synchronized Optional<SourceText> pruned(Key key, SourceText full, HeaderScan scan) {
        Pruned known = pruned.get(key);
        if (known == null || known.of() != scan || known.macros() != live.macros()) {
            SourceText text =
                    scan.isOpaque()
                            ? full
                            : new SourceText(full.path(), scan.pruned(live.live()), full.utf8());
            known = new Pruned(scan, live.macros(), text);
            pruned.put(key, known);
        }
        return Optional.of(known.text());
    }
}
