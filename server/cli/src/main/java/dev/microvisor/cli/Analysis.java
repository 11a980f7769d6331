package dev.microvisor.cli;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintObserver;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code lint} needs of the analysis, so that tests can put findings of their own here. */
@FunctionalInterface
interface Analysis {
    LintResult lint(LintRequest request, CancelToken cancel);

    /** The same, and tells how it goes on; one that cannot tell says nothing. */
    default LintResult lint(LintRequest request, CancelToken cancel, LintObserver observer) {
        return lint(request, cancel);
    }

    /** The same, with results kept in a folder; one that keeps none ignores it. */
    default Analysis withCache(Optional<Path> folder) {
        return this;
    }
}
