package dev.microvisor.cli;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;

/** What {@code lint} needs of the analysis, so that tests can put findings of their own here. */
@FunctionalInterface
interface Analysis {
    LintResult lint(LintRequest request, CancelToken cancel);
}
