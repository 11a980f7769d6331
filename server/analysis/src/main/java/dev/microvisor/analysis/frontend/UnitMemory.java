package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.analysis.project.CompilerFlags;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Units that an earlier lint read, with all that it read for them: while none of that has changed a
 * file need not be parsed again. Safe for several threads.
 */
final class UnitMemory {
    /** Units kept; more than a firmware has. The one that nobody asked for longest goes. */
    private static final int MAX_UNITS = 400;

    private final Map<Source, Kept> units =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Source, Kept> eldest) {
                    return size() > MAX_UNITS;
                }
            };

    /** A file as it is compiled in one of its configurations. */
    private record Source(Path file, CompilerFlags flags) {}

    /**
     * A unit and what it was made of.
     *
     * @param asked every path that was asked for, in vain too
     */
    private record Kept(Map<String, Asked> asked, Unit unit) {}

    /**
     * What a path led to.
     *
     * @param text null when there was nothing
     * @param own whether its functions were read
     */
    private record Asked(char[] text, boolean own) {
        static Asked of(String path, SourceCache cache, Predicate<Path> own) {
            Optional<SourceText> text = cache.read(path).text();
            return new Asked(
                    text.map(SourceText::chars).orElse(null),
                    text.isPresent() && own.test(text.get().path()));
        }

        boolean isSame(Asked other) {
            return own == other.own && (text == other.text || Arrays.equals(text, other.text));
        }
    }

    /** The unit as it was read before; empty when it is to be read anew. */
    Optional<Unit> recall(Path file, CompilerFlags flags, SourceCache cache, Predicate<Path> own) {
        Kept kept;
        synchronized (units) {
            kept = units.get(new Source(file, flags));
        }
        if (kept == null) {
            return Optional.empty();
        }
        for (Map.Entry<String, Asked> asked : kept.asked().entrySet()) {
            if (!asked.getValue().isSame(Asked.of(asked.getKey(), cache, own))) {
                return Optional.empty();
            }
        }
        return Optional.of(kept.unit());
    }

    void keep(
            CompilerFlags flags,
            Iterable<String> paths,
            SourceCache cache,
            Predicate<Path> own,
            Unit unit) {
        Map<String, Asked> asked = new HashMap<>();
        paths.forEach(p -> asked.put(p, Asked.of(p, cache, own)));
        synchronized (units) {
            units.put(new Source(unit.file(), flags), new Kept(asked, unit));
        }
    }
}
