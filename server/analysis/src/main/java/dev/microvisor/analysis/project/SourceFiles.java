package dev.microvisor.analysis.project;

import dev.microvisor.analysis.CancelToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the C and C++ files of a folder. */
public final class SourceFiles {
    /** A folder with more sources than this is cut off; it is not one firmware. */
    public static final int MAX_FILES = 20_000;

    /** A folder with this file was made by a build. */
    static final String BUILD_MARK = "CMakeCache.txt";

    private static final Set<String> C = Set.of("c");
    private static final Set<String> CPP = Set.of("cc", "cpp", "cxx", "c++", "ino");
    private static final Set<String> HEADERS = Set.of("h", "hh", "hpp", "hxx", "h++", "inl");
    private static final Pattern SUBMODULE_PATH =
            Pattern.compile("(?m)^\\s*path\\s*=\\s*(.+?)\\s*$");

    private SourceFiles() {}

    public static boolean isSource(Path file) {
        String extension = extension(file);
        return C.contains(extension) || CPP.contains(extension);
    }

    public static boolean isHeader(Path file) {
        return HEADERS.contains(extension(file));
    }

    public static boolean isCpp(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        String extension = extension(file);
        return CPP.contains(extension)
                || name.endsWith(".C")
                || Set.of("hh", "hpp", "hxx", "h++").contains(extension);
    }

    private static String extension(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * The sources below a folder, sorted. Hidden folders, build folders of CMake and git submodules
     * are left out: they hold nothing that the project's own people wrote.
     */
    public static List<Path> below(Path folder, CancelToken cancel) throws IOException {
        return below(folder, cancel, looked -> {}, unreadable -> {});
    }

    /**
     * @param looked hears of each folder that decides what is found, before it is looked into
     */
    public static List<Path> below(Path folder, CancelToken cancel, Consumer<Path> looked)
            throws IOException {
        return below(folder, cancel, looked, unreadable -> {});
    }

    /**
     * @param unreadable hears of folders that may not be listed
     */
    static List<Path> below(
            Path folder, CancelToken cancel, Consumer<Path> looked, Consumer<Path> unreadable)
            throws IOException {
        return collect(folder, cancel, false, looked, unreadable);
    }

    /** The headers below a folder, submodules included: what an include could mean. */
    static List<Path> headersBelow(Path folder, CancelToken cancel) throws IOException {
        return collect(folder, cancel, true, looked -> {}, unreadable -> {});
    }

    private static List<Path> collect(
            Path folder,
            CancelToken cancel,
            boolean headers,
            Consumer<Path> looked,
            Consumer<Path> unreadable)
            throws IOException {
        List<Path> found = new ArrayList<>();
        Set<Path> foreign = headers ? Set.of() : submodules(folder);
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        cancel.throwIfCancelled();
                        boolean top = dir.equals(folder);
                        String name = top ? "" : dir.getFileName().toString();
                        if (name.startsWith(".")
                                || name.equals("node_modules")
                                || foreign.contains(dir)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        looked.accept(dir);
                        return !top && Files.exists(dir.resolve(BUILD_MARK))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        if (headers ? isHeader(file) : isSource(file)) {
                            found.add(file);
                        }
                        return found.size() >= MAX_FILES
                                ? FileVisitResult.TERMINATE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        unreadable.accept(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        found.sort(null);
        return found;
    }

    /** Folders that {@code .gitmodules} of this folder declares: the code of other projects. */
    public static Set<Path> submodules(Path folder) {
        Set<Path> found = new HashSet<>();
        Path list = folder.resolve(".gitmodules");
        if (Files.isRegularFile(list)) {
            try {
                Matcher path =
                        SUBMODULE_PATH.matcher(Files.readString(list, StandardCharsets.UTF_8));
                while (path.find()) {
                    found.add(folder.resolve(path.group(1)).normalize());
                }
            } catch (IOException e) {
                return Set.of();
            }
        }
        return found;
    }
}
