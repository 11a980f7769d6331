package dev.microvisor.dap.firmware;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the source files that debug information names, on a machine that need not be the one that
 * built the firmware, and the other way round.
 *
 * <p>Order: the user's source map (longest prefix first), the path as it is, then the longest tail
 * of it that exists below the folder of the ELF file, one of its parents, or the working folder.
 */
public final class SourcePaths {
    /** How far above the ELF file sources are looked for. */
    private static final int MAX_PARENTS = 6;

    /** How many components of a path are tried as its tail. */
    private static final int MAX_TAIL = 16;

    private final Map<String, String> sourceMap = new LinkedHashMap<>();
    private final List<Path> roots = new ArrayList<>();
    private final Map<String, Optional<Path>> found = new HashMap<>();

    /**
     * @param sourceMap prefixes of paths in the debug information and what stands for them here
     */
    public SourcePaths(Path elf, Optional<Path> workingFolder, Map<String, String> sourceMap) {
        sourceMap.entrySet().stream()
                .sorted((a, b) -> Integer.compare(b.getKey().length(), a.getKey().length()))
                .forEach(e -> this.sourceMap.put(slashes(e.getKey()), e.getValue()));
        workingFolder.ifPresent(roots::add);
        Path folder = elf.toAbsolutePath().normalize().getParent();
        for (int i = 0; i <= MAX_PARENTS && folder != null; i++) {
            roots.add(folder);
            folder = folder.getParent();
        }
    }

    /** The file on this machine, when there is one. */
    public Optional<Path> locate(String recorded) {
        return found.computeIfAbsent(recorded, this::search);
    }

    /** What to show: the file on this machine, or else the path as recorded. */
    public String display(String recorded) {
        return locate(recorded).map(Path::toString).orElseGet(() -> mapped(recorded));
    }

    /**
     * Which of the recorded paths a client means by {@code clientPath}. Several are answered when a
     * header or source was recorded under more than one name.
     */
    public List<String> recordedFor(String clientPath, Iterable<String> recordedPaths) {
        String wanted = comparable(clientPath);
        List<String> exact = new ArrayList<>();
        List<String> byTail = new ArrayList<>();
        int bestTail = 0;
        for (String recorded : recordedPaths) {
            if (!lastComponent(comparable(recorded)).equals(lastComponent(wanted))) {
                continue;
            }
            if (comparable(display(recorded)).equals(wanted)) {
                exact.add(recorded);
                continue;
            }
            int tail = commonTail(comparable(recorded), wanted);
            if (tail > bestTail) {
                byTail.clear();
                bestTail = tail;
            }
            if (tail == bestTail && locate(recorded).isEmpty()) {
                byTail.add(recorded);
            }
        }
        return exact.isEmpty() ? byTail : exact;
    }

    private Optional<Path> search(String recorded) {
        String path = mapped(recorded);
        Optional<Path> asIs = existing(path).filter(Path::isAbsolute);
        if (asIs.isPresent()) {
            return asIs;
        }
        String[] parts = slashes(path).split("/+");
        for (int from = Math.max(0, parts.length - MAX_TAIL); from < parts.length; from++) {
            String tail = String.join("/", List.of(parts).subList(from, parts.length));
            if (tail.isEmpty() || tail.startsWith("..") || parts[from].endsWith(":")) {
                continue;
            }
            for (Path root : roots) {
                Optional<Path> candidate = existing(root.resolve(tail).toString());
                if (candidate.isPresent()) {
                    return candidate;
                }
            }
        }
        return Optional.empty();
    }

    private String mapped(String recorded) {
        String path = slashes(recorded);
        for (Map.Entry<String, String> entry : sourceMap.entrySet()) {
            String prefix = entry.getKey();
            boolean matches =
                    isWindows(prefix)
                            ? path.regionMatches(true, 0, prefix, 0, prefix.length())
                            : path.startsWith(prefix);
            if (matches) {
                return entry.getValue() + path.substring(prefix.length());
            }
        }
        return recorded;
    }

    private static Optional<Path> existing(String path) {
        try {
            Path candidate = Path.of(path).normalize();
            return Files.isRegularFile(candidate) ? Optional.of(candidate) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // A path of another operating system.
        }
    }

    private static String comparable(String path) {
        String text = slashes(path);
        String normal = text;
        try {
            normal = slashes(Path.of(text).normalize().toString());
        } catch (InvalidPathException e) {
            // Compared as it is.
        }
        return isWindows(text) ? normal.toLowerCase(Locale.ROOT) : normal;
    }

    private static int commonTail(String a, String b) {
        String[] left = a.split("/+");
        String[] right = b.split("/+");
        int same = 0;
        while (same < left.length
                && same < right.length
                && left[left.length - 1 - same].equals(right[right.length - 1 - same])) {
            same++;
        }
        return same;
    }

    private static String lastComponent(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isWindows(String path) {
        return path.length() > 1 && path.charAt(1) == ':';
    }

    private static String slashes(String path) {
        return path.replace('\\', '/');
    }
}
