package dev.microvisor.cli.score;

import dev.microvisor.analysis.project.SourceFiles;
import dev.microvisor.cli.report.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The part of a tree that was written for Microvisor: the sources and headers of all folders that
 * hold a linted source and a call of Microvisor. The code that chip makers and kernels bring along
 * is linted, too, where it lies in the tree, but would make a rate per line look better than it is.
 */
final class ApplicationCode {
    /** System calls are the only names that begin so. */
    private static final Pattern SYSTEM_CALL = Pattern.compile("\\bmv[A-Z][A-Za-z0-9]*\\s*\\(");

    private ApplicationCode() {}

    /** Its lines, empty ones included. */
    static int lines(Collection<Path> linted, Sources sources) throws IOException {
        Set<Path> folders = new TreeSet<>();
        linted.forEach(file -> folders.add(file.getParent()));
        int lines = 0;
        for (Path folder : folders) {
            List<Path> files = filesOf(folder);
            if (files.stream().anyMatch(f -> callsMicrovisor(f, sources))) {
                for (Path file : files) {
                    lines += (int) sources.of(file).content().lines().count();
                }
            }
        }
        return lines;
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> SourceFiles.isSource(f) || SourceFiles.isHeader(f)).toList();
        }
    }

    private static boolean callsMicrovisor(Path file, Sources sources) {
        return SYSTEM_CALL.matcher(sources.of(file).content()).find();
    }
}
