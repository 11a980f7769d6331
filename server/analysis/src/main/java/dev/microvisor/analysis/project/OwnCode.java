package dev.microvisor.analysis.project;

import dev.microvisor.analysis.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells the project's own files from those of vendors: the units and what was asked for by name,
 * and the headers below their project's root that are in no submodule, no system folder, no build
 * folder, and not beside the SDK's header.
 */
public final class OwnCode implements Predicate<Path> {
    private static final int MAX_PARENTS = 6;

    private static final List<String> REPOSITORY = List.of(".git", ".gitmodules");

    /** Of a tree that is in no repository, such as an unpacked archive. */
    private static final List<String> PROJECT =
            List.of(
                    CompileDatabase.NAME,
                    "build/" + CompileDatabase.NAME,
                    CompileDatabase.FIXED,
                    Settings.FILE_NAME);

    private final Set<Path> named;
    private final Set<Path> roots = new HashSet<>();
    private final Set<Path> foreign = new HashSet<>();
    private final Map<Path, Boolean> folders = new HashMap<>();

    public OwnCode(Map<Path, CompilerFlags> units, Collection<Path> requested) {
        this.named = new HashSet<>(units.keySet());
        for (Path path : requested) {
            Path absolute = path.toAbsolutePath().normalize();
            if (Files.isDirectory(absolute)) {
                addRoot(absolute);
            } else {
                named.add(absolute);
            }
        }
        units.forEach(
                (file, flags) -> {
                    addRoot(projectRoot(file));
                    foreign.addAll(flags.systemIncludes());
                });
    }

    /** Folders that hold the project. */
    public Set<Path> roots() {
        return Set.copyOf(roots);
    }

    private void addRoot(Path root) {
        if (roots.add(root)) {
            foreign.addAll(SourceFiles.submodules(root));
        }
    }

    /** Where the repository begins, else where a database or settings lie for all below. */
    private static Path projectRoot(Path file) {
        return nearest(file, REPOSITORY).or(() -> nearest(file, PROJECT)).orElse(file.getParent());
    }

    private static Optional<Path> nearest(Path file, List<String> marks) {
        return Stream.iterate(file.getParent(), Objects::nonNull, Path::getParent)
                .limit(MAX_PARENTS)
                .filter(dir -> marks.stream().anyMatch(m -> Files.exists(dir.resolve(m))))
                .findFirst();
    }

    @Override
    public boolean test(Path file) {
        if (named.contains(file)) {
            return true;
        }
        Path folder = file.getParent();
        if (folder == null) {
            return false;
        }
        synchronized (folders) {
            return folders.computeIfAbsent(folder, this::isOwnFolder);
        }
    }

    private boolean isOwnFolder(Path folder) {
        boolean below = false;
        for (Path dir = folder; dir != null; dir = dir.getParent()) {
            if (foreign.contains(dir) || Files.exists(dir.resolve("CMakeCache.txt"))) {
                return false;
            }
            if (roots.contains(dir)) {
                below = true;
                break;
            }
        }
        return below && !Files.exists(folder.resolve("mv_syscalls.h"));
    }
}
