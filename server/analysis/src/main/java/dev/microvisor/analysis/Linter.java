package dev.microvisor.analysis;

import dev.microvisor.analysis.cache.ResultCache;
import dev.microvisor.analysis.frontend.Memory;
import dev.microvisor.catalog.Catalog;
import java.util.Optional;
import java.util.function.Supplier;

/** The analysis: a request in, findings out. Safe to use from several threads. */
public final class Linter {
    private final Supplier<Catalog> catalog;
    private final Optional<ResultCache> results;
    private final Optional<Memory> memory;

    /** Keeps nothing between lints. */
    public Linter(Catalog catalog) {
        this(() -> catalog, Optional.empty());
    }

    /**
     * @param catalog asked for when something is to be analysed
     * @param results where full lints of files on disk leave what they found
     */
    public Linter(Supplier<Catalog> catalog, Optional<ResultCache> results) {
        this(catalog, results, Optional.empty());
    }

    private Linter(
            Supplier<Catalog> catalog, Optional<ResultCache> results, Optional<Memory> memory) {
        this.catalog = catalog;
        this.results = results;
        this.memory = memory;
    }

    /** One that remembers headers and units from one lint to the next, for an editor. */
    public static Linter remembering(Catalog catalog) {
        return new Linter(() -> catalog, Optional.empty(), Optional.of(Memory.lasting()));
    }

    public LintResult lint(LintRequest request, CancelToken cancel) {
        return lint(request, cancel, LintObserver.NONE);
    }

    /** The same, and tells how it goes on. */
    public LintResult lint(LintRequest request, CancelToken cancel, LintObserver observer) {
        return new Lint(catalog, request, memory.orElseGet(Memory::ofOneLint), cancel, observer)
                .run(results);
    }

    public Catalog catalog() {
        return catalog.get();
    }
}
