package dev.microvisor.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files of the project itself, without what builds leave behind. */
final class Repository {
    private static final Set<String> MADE = Set.of("node_modules", "dist", "build");

    private final Path root;

    private Repository(Path root) {
        this.root = root;
    }

    /** The root is given by Maven; a test run from elsewhere looks for it upwards. */
    static Repository find() {
        String given = System.getProperty("microvisor.root");
        Path at = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
        while (at != null && !Files.exists(at.resolve("ARCHITECTURE.md"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException(
                    "no ARCHITECTURE.md above " + given + "; set -Dmicrovisor.root");
        }
        return new Repository(at);
    }

    Path root() {
        return root;
    }

    /** A path from the root, with forward slashes. */
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** Names of the folders at the top that are not hidden. */
    Set<String> topFolders() {
        try (var entries = Files.list(root)) {
            Set<String> names = new TreeSet<>();
            entries.filter(Files::isDirectory)
                    .map(p -> p.getFileName().toString())
                    .filter(n -> !n.startsWith(".") && !n.equals("target"))
                    .forEach(names::add);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files whose name ends so, sorted. */
    List<Path> files(String ending) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return isMade(folder)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (file.toString().endsWith(ending)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    /** A Java package may be called target or build; a folder beside a pom.xml is Maven's. */
    private boolean isMade(Path folder) {
        if (folder.equals(root)) {
            return false;
        }
        String name = folder.getFileName().toString();
        boolean inSources =
                name(folder).contains("src/main/java") || name(folder).contains("src/test/java");
        boolean maven = name.equals("target") && Files.exists(folder.resolveSibling("pom.xml"));
        return name.equals(".git")
                || name.equals(".vscode-test")
                || maven
                || (MADE.contains(name) && !inSources);
    }

    List<Path> mainJava() {
        return java("/src/main/java/");
    }

    List<Path> allJava() {
        return java("/src/");
    }

    private List<Path> java(String folder) {
        return files(".java").stream().filter(f -> ("/" + name(f)).contains(folder)).toList();
    }

    List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
