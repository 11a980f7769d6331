package dev.microvisor.analysis;

import dev.microvisor.catalog.Catalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lints as most tests want them: with the settings nobody has changed, on one thread. */
public final class Lints {
    private static final Linter LINTER = new Linter(Catalog.bundled());

    private Lints() {}

    /** All there is to say about files or folders. */
    public static LintResult full(Path... paths) {
        return LINTER.lint(
                request(List.of(paths), Map.of(), LintRequest.Depth.FULL), CancelToken.NEVER);
    }

    /** What is said of a file while somebody types. */
    public static LintResult quick(Path file) {
        return LINTER.lint(
                request(List.of(file), Map.of(), LintRequest.Depth.QUICK), CancelToken.NEVER);
    }

    /** A file as if it held this text. */
    public static LintResult of(Path file, String text, LintRequest.Depth depth) {
        return of(LINTER, file, text, depth);
    }

    /** The same by a linter of one's own. */
    public static LintResult of(Linter linter, Path file, String text, LintRequest.Depth depth) {
        return linter.lint(request(List.of(file), Map.of(file, text), depth), CancelToken.NEVER);
    }

    /** The rules that found something, as often as they did. */
    public static List<String> rules(LintResult result) {
        return result.findings().stream().map(Finding::rule).toList();
    }

    private static LintRequest request(
            List<Path> paths, Map<Path, String> texts, LintRequest.Depth depth) {
        return new LintRequest(paths, Optional.empty(), texts, depth, 1);
    }
}
