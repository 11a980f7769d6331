package dev.microvisor.analysis.project;

import dev.microvisor.analysis.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Include folders for files without a compilation database: every folder with headers in the tree
 * that a file seems to belong to, the nearest first, so that of two headers of one name a file gets
 * the one beside it.
 */
final class IncludeGuess {
    /** Parents of a file among which the root of its checkout is looked for. */
    private static final int CHECKOUT_PARENTS = 12;

    /** Parents in which a build file makes a folder the root; a Makefile far up says nothing. */
    private static final int BUILD_PARENTS = 3;

    private final List<Path> requested;
    private final CancelToken cancel;
    private final Map<Path, List<Path>> foldersByRoot = new HashMap<>();

    /**
     * @param requested what the user named: a file below a named folder belongs to its tree
     */
    IncludeGuess(List<Path> requested, CancelToken cancel) {
        this.requested = requested.stream().map(p -> p.toAbsolutePath().normalize()).toList();
        this.cancel = cancel;
    }

    List<Path> foldersFor(Path file) throws IOException {
        Path root = root(file);
        List<Path> folders = foldersByRoot.get(root);
        if (folders == null) {
            folders = headerFolders(root);
            foldersByRoot.put(root, folders);
        }
        List<Path> nearestFirst = new ArrayList<>(folders);
        nearestFirst.sort(Comparator.comparingInt((Path folder) -> -shared(file, folder)));
        return nearestFirst;
    }

    /** The checkout's root; without one the highest folder with a build file or that was named. */
    private Path root(Path file) {
        Path root = file.getParent();
        Path folder = root;
        for (int i = 0; i < CHECKOUT_PARENTS && folder != null; i++) {
            boolean buildFile =
                    i <= BUILD_PARENTS
                            && (Files.exists(folder.resolve("CMakeLists.txt"))
                                    || Files.exists(folder.resolve("Makefile")));
            if (buildFile || requested.contains(folder)) {
                root = folder;
            }
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
            folder = folder.getParent();
        }
        return root;
    }

    private List<Path> headerFolders(Path root) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path header : SourceFiles.headersBelow(root, cancel)) {
            Path folder = header.getParent();
            if (isToolchain(folder)) {
                continue;
            }
            folders.add(folder);
            // A header may be included by its folder's name: #include "app/x.h".
            if (folder.getParent() != null && folder.getParent().startsWith(root)) {
                folders.add(folder.getParent());
            }
        }
        return List.copyOf(folders);
    }

    /** A compiler's own headers lie in the tree at times; they speak of another target. */
    private static boolean isToolchain(Path folder) {
        return Files.exists(folder.resolve("stdint.h"))
                || (folder.getParent() != null
                        && Files.exists(folder.getParent().resolve("stdint.h")));
    }

    private static int shared(Path a, Path b) {
        int shared = 0;
        while (shared < Math.min(a.getNameCount(), b.getNameCount())
                && a.getName(shared).equals(b.getName(shared))) {
            shared++;
        }
        return shared;
    }
}
