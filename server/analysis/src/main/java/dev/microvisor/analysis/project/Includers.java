package dev.microvisor.analysis.project;

import dev.microvisor.analysis.CancelToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the source that a header is to be read with: alone it may lack the types and macros that
 * every file including it provides. Looks for include directives by name, directly and through
 * other headers beside it.
 */
final class Includers {
    /** Files looked through for one header. */
    private static final int MAX_FILES = 2_000;

    /** Larger files are generated; nobody's header is meant for them. */
    private static final long MAX_BYTES = 1 << 20;

    /** Headers on the way from a header to its source. */
    private static final int MAX_STEPS = 16;

    private static final Pattern INCLUDE =
            Pattern.compile("(?m)^[ \\t]*#[ \\t]*include[ \\t]*[<\"]([^>\"\\n]+)[>\"]");

    private final Map<Path, String> overlays;
    private final CancelToken cancel;
    private final Map<Path, Set<String>> included = new HashMap<>();

    Includers(Map<Path, String> overlays, CancelToken cancel) {
        this.overlays = overlays;
        this.cancel = cancel;
    }

    /** The source that includes a header, of several the one named like it or nearest to it. */
    Optional<Path> of(Path header, Collection<Path> sources) {
        Deque<Path> open = new ArrayDeque<>(List.of(header));
        Set<Path> seen = new HashSet<>(open);
        for (int i = 0; i < MAX_STEPS && !open.isEmpty(); i++) {
            Path wanted = open.poll();
            String name = wanted.getFileName().toString();
            Optional<Path> direct =
                    sources.stream()
                            .limit(MAX_FILES)
                            .filter(s -> includes(s).contains(name))
                            .max(Comparator.comparingInt(s -> likeness(s, header)));
            if (direct.isPresent()) {
                return direct;
            }
            for (Path beside : headersBeside(wanted)) {
                if (includes(beside).contains(name) && seen.add(beside)) {
                    open.add(beside);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The source of which a source is a part: one that includes it by a path that leads no folder
     * up, as all of a unity build are read by one file. A test that includes {@code ../src/a.c}
     * does not make it a part of the test.
     */
    Optional<Path> wholeOf(Path part, Collection<Path> sources) {
        Path whole = part;
        for (int i = 0; i < MAX_STEPS; i++) {
            Path wanted = whole;
            Optional<Path> next =
                    sources.stream()
                            .limit(MAX_FILES)
                            .filter(s -> !s.equals(wanted) && readsBelow(s, wanted))
                            .findFirst();
            if (next.isEmpty()) {
                break;
            }
            whole = next.get();
        }
        return whole.equals(part) ? Optional.empty() : Optional.of(whole);
    }

    private boolean readsBelow(Path source, Path part) {
        Path folder = source.getParent();
        return part.startsWith(folder)
                && includes(source).contains(part.getFileName().toString())
                && INCLUDE.matcher(text(source))
                        .results()
                        .map(found -> found.group(1).replace('\\', '/'))
                        .anyMatch(
                                path ->
                                        !path.contains("..")
                                                && folder.resolve(path).normalize().equals(part));
    }

    private static int likeness(Path source, Path header) {
        int shared = 0;
        while (shared < Math.min(source.getNameCount(), header.getNameCount())
                && source.getName(shared).equals(header.getName(shared))) {
            shared++;
        }
        return stem(source).equals(stem(header)) ? 1_000 + shared : shared;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static List<Path> headersBeside(Path header) {
        try (Stream<Path> files = Files.list(header.getParent())) {
            return files.filter(SourceFiles::isHeader).sorted().limit(MAX_FILES).toList();
        } catch (IOException e) {
            // Nothing beside it can be seen, so nothing beside it includes it.
            return List.of();
        }
    }

    /** The file names, without folders, that a file includes. */
    private Set<String> includes(Path file) {
        cancel.throwIfCancelled();
        return included.computeIfAbsent(file, this::read);
    }

    private Set<String> read(Path file) {
        Set<String> names = new HashSet<>();
        Matcher include = INCLUDE.matcher(text(file));
        while (include.find()) {
            String path = include.group(1);
            names.add(path.substring(path.lastIndexOf('/') + 1));
        }
        return names;
    }

    private String text(Path file) {
        String overlay = overlays.get(file);
        if (overlay != null) {
            return overlay;
        }
        try {
            // Latin-1 reads any bytes; directives are ASCII.
            return Files.size(file) > MAX_BYTES
                    ? ""
                    : Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
