package dev.microvisor.cli;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintObserver;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Linter;
import dev.microvisor.analysis.cache.ResultCache;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;

/** The bundled rules, with results kept on disk where the user allows it. */
final class CachedAnalysis implements Analysis {
    private final Optional<Path> folder;

    CachedAnalysis(Optional<Path> folder) {
        this.folder = folder;
    }

    @Override
    public Analysis withCache(Optional<Path> wanted) {
        return new CachedAnalysis(wanted);
    }

    @Override
    public LintResult lint(LintRequest request, CancelToken cancel) {
        return lint(request, cancel, LintObserver.NONE);
    }

    @Override
    public LintResult lint(LintRequest request, CancelToken cancel, LintObserver observer) {
        Optional<ResultCache> results =
                program().flatMap(p -> folder.map(f -> new ResultCache(f, p)));
        return new Linter(Catalog::bundled, results).lint(request, cancel, observer);
    }

    /** This very build of the program; empty where it does not run from a jar. */
    private static Optional<String> program() {
        CodeSource source = CachedAnalysis.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = source == null ? null : Path.of(source.getLocation().toURI());
            if (jar == null || !Files.isRegularFile(jar)) {
                return Optional.empty();
            }
            return Optional.of(
                    Version.text() + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
        } catch (IOException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Where results are kept, by the customs of the system. */
    static Path standardFolder(Map<String, String> environment, String system, Path home) {
        String base = environment.getOrDefault("XDG_CACHE_HOME", "");
        base = base.isBlank() ? environment.getOrDefault("LOCALAPPDATA", "") : base;
        Path cache =
                !base.isBlank()
                        ? Path.of(base)
                        : system.startsWith("Mac")
                                ? home.resolve("Library/Caches")
                                : home.resolve(".cache");
        return cache.resolve("microvisor").resolve("lint");
    }
}
