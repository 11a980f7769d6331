package dev.microvisor.analysis.corpus;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Linter;
import dev.microvisor.analysis.Severity;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A firmware without mistakes: a folder of {@code src/test/resources/corpus}, or a sample.
 *
 * @param texts its sources and headers
 */
record Project(Path folder, Map<Path, String> texts) {
    private static final Linter LINTER = new Linter(Catalog.bundled());

    /** All projects, by name. */
    static List<Project> all() {
        List<Project> all = new ArrayList<>();
        Path samples = Path.of(System.getProperty("microvisor.root", "../..")).resolve("samples");
        for (Path folder : folders(corpus())) {
            if (!folder.endsWith("vendor")) {
                all.add(of(folder));
            }
        }
        all.add(of(samples.resolve("firmware/http-request").toAbsolutePath().normalize()));
        all.add(of(samples.resolve("firmware/config-fetch").toAbsolutePath().normalize()));
        return all;
    }

    static Path corpus() {
        try {
            return Path.of(Project.class.getResource("/corpus").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> folders(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Project of(Path folder) {
        Map<Path, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().matches(".*\\.(c|h)(pp)?")).toList()) {
                texts.put(file, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Project(folder, texts);
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** What is found with some files replaced; hints are for those who ask for them. */
    List<Finding> lint(Map<Path, String> replaced) {
        return result(replaced).findings().stream()
                .filter(f -> f.severity() != Severity.HINT)
                .toList();
    }

    LintResult result(Map<Path, String> replaced) {
        return LINTER.lint(
                new LintRequest(
                        List.of(folder), Optional.empty(), replaced, LintRequest.Depth.FULL, 1),
                CancelToken.NEVER);
    }

    /** Without the names that the compiler of a developer would not take twice. */
    @Override
    public String toString() {
        return name();
    }
}
