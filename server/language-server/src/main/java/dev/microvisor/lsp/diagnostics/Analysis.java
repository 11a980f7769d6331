package dev.microvisor.lsp.diagnostics;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;

/** What the server needs of the analysis, so that tests can put findings of their own here. */
@FunctionalInterface
public interface Analysis {
    LintResult lint(LintRequest request, CancelToken cancel);
}
