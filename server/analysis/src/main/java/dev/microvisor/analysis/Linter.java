package dev.microvisor.analysis;

import dev.microvisor.catalog.Catalog;
import java.util.List;

/** The analysis: a request in, findings out. Safe to use from several threads. */
public final class Linter {
    private final Catalog catalog;

    public Linter(Catalog catalog) {
        this.catalog = catalog;
    }

    public LintResult lint(LintRequest request, CancelToken cancel) {
        cancel.throwIfCancelled();
        return new LintResult(List.of(), List.of(), List.of());
    }

    public Catalog catalog() {
        return catalog;
    }
}
