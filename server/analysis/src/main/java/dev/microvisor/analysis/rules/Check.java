package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.frontend.SourceText;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One run of the rules: what they may look at and where they report. Not for several threads. */
public final class Check {
    private final Catalog catalog;
    private final Program program;
    private final Facts facts;
    private final Function<Path, Optional<SourceText>> sources;
    private final Map<List<Object>, Finding> findings = new LinkedHashMap<>();

    public Check(
            Catalog catalog,
            Program program,
            Facts facts,
            Function<Path, Optional<SourceText>> sources) {
        this.catalog = catalog;
        this.program = program;
        this.facts = facts;
        this.sources = sources;
    }

    public Catalog catalog() {
        return catalog;
    }

    public Program program() {
        return program;
    }

    /** What the engine learned of the whole program; complete in {@link Rule#checkProgram}. */
    public Facts facts() {
        return facts;
    }

    /** The text of a range as written; empty when its file cannot be read. */
    public String text(SourceRange range) {
        return sources.apply(range.file()).map(t -> t.text(range)).orElse("");
    }

    /** Reports; a second report of one rule at one place is the same mistake on another path. */
    public void report(Report report) {
        Finding finding = report.finding();
        findings.putIfAbsent(List.of(finding.rule(), finding.range()), finding);
    }

    public List<Finding> findings() {
        return new ArrayList<>(findings.values());
    }
}
