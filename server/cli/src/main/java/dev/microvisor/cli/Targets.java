package dev.microvisor.cli;

import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.settings.SettingsFinder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sources that a list of files and folders stands for.
 *
 * <p>A folder gives its C and C++ sources, without hidden folders and without what the settings
 * exclude; headers are seen through the sources that include them. A file that is named is taken
 * whatever it is called.
 *
 * @param files absolute and sorted
 * @param problems folders that cannot be searched
 */
record Targets(List<Path> files, List<Problem> problems) {
    /** A tree with more sources than this was surely not meant. */
    static final int MAX_FILES = 100_000;

    private static final Set<String> EXTENSIONS = Set.of("c", "cc", "cpp", "cxx", "c++");

    Targets {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    static Targets find(List<Path> paths, SettingsFinder settings) {
        Search search = new Search(settings);
        for (Path path : paths) {
            Path absolute = path.toAbsolutePath().normalize();
            if (Files.isDirectory(absolute)) {
                search.folder(absolute);
            } else {
                search.files.add(absolute);
            }
        }
        return new Targets(List.copyOf(search.files), search.problems);
    }

    /** Whether a name is that of a C or C++ source. */
    static boolean isSource(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final SettingsFinder settings;
        private final Set<Path> files = new TreeSet<>();
        private final List<Problem> problems = new ArrayList<>();
        private Path start = Path.of("");

        Search(SettingsFinder settings) {
            this.settings = settings;
        }

        void problem(Path where, String what, String advice) {
            problems.add(new Problem(where, Optional.empty(), what, advice, true));
        }

        void folder(Path folder) {
            start = folder;
            try {
                Files.walkFileTree(folder, this);
            } catch (IOException e) {
                problem(folder, "cannot be searched (" + e.getMessage() + ")", "check the folder");
            }
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden = String.valueOf(folder.getFileName()).startsWith(".");
            if (!folder.equals(start) && (hidden || settings.of(folder).excludes(folder))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && isSource(file) && !settings.of(file).excludes(file)) {
                files.add(file);
            }
            if (files.size() > MAX_FILES) {
                problem(start, "holds more than " + MAX_FILES + " sources", "name its parts");
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            problem(file, "cannot be read (" + e.getClass().getSimpleName() + ")", "check it");
            return FileVisitResult.CONTINUE;
        }
    }
}
