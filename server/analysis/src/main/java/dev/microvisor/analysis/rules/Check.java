package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.frontend.SourceText;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One run of the rules: what they may look at and where they report. Not for several threads. */
public final class Check {
    private final Catalog catalog;
    private final Program program;
    private final Facts facts;
    private final Function<Path, Optional<SourceText>> sources;
    private final Map<List<Object>, Finding> findings = new LinkedHashMap<>();
    private final Map<Rule, Object> memories = new LinkedHashMap<>();
    private final Map<Path, Optional<StatementText>> statements = new LinkedHashMap<>();
    private List<NetworkFill> networkFills;
    private CallSite valuesOf;
    private List<ContractValue> values = List.of();

    private dev.microvisor.analysis.ir.Function shared;

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

    /** The functions that may make a system call of a certain kind. */
    Doers doers(Predicate<SystemCall> what) {
        return Doers.of(catalog, program, facts.graph(), what);
    }

    /** Where bytes from the network arrive; to be asked in {@link Rule#checkProgram} only. */
    List<NetworkFill> networkFills() {
        if (networkFills == null) {
            networkFills = List.copyOf(NetworkFill.all(this));
        }
        return networkFills;
    }

    /** What a call hands over; many rules ask in turn about one call of one path. */
    @SuppressWarnings("ReferenceEquality") // The same question, not an equal one.
    List<ContractValue> values(CallSite site) {
        if (valuesOf != site) {
            values = List.copyOf(ContractValue.of(site, catalog));
            valuesOf = site;
        }
        return values;
    }

    /** The statements of a file, for edits; empty when it cannot be read. */
    Optional<StatementText> source(Path file) {
        return statements.computeIfAbsent(
                file, f -> sources.apply(f).map(t -> new StatementText(f, t.content())));
    }

    /** The text of a range as written; empty when its file cannot be read. */
    public String text(SourceRange range) {
        return sources.apply(range.file()).map(t -> t.text(range)).orElse("");
    }

    /**
     * What a rule remembers of the paths until {@link Rule#checkProgram}: rules have no state of
     * their own.
     */
    <T> T memory(Rule rule, Class<T> type, Supplier<T> fresh) {
        return type.cast(memories.computeIfAbsent(rule, r -> fresh.get()));
    }

    /** Reports; a second report of one rule at one place is the same mistake on another path. */
    public void report(Report report) {
        Finding finding = shared == null ? report.finding() : unfixed(report.finding());
        findings.putIfAbsent(List.of(finding.rule(), finding.range()), finding);
    }

    /**
     * What is reported from now on holds for one caller of a function: others may be served well by
     * its text, so no fix touches that.
     *
     * @param function the function; null when reports hold for all callers again
     */
    void inContext(dev.microvisor.analysis.ir.Function function) {
        shared = function;
    }

    private Finding unfixed(Finding finding) {
        List<Fix> fixes =
                finding.fixes().stream()
                        .filter(f -> f.edits().stream().noneMatch(e -> isShared(e.range())))
                        .toList();
        return new Finding(
                finding.rule(),
                finding.severity(),
                finding.range(),
                finding.function(),
                finding.message(),
                finding.why(),
                finding.help(),
                finding.path(),
                fixes);
    }

    private boolean isShared(SourceRange edit) {
        return edit.file().equals(shared.range().file())
                && edit.startLine() >= shared.range().startLine()
                && edit.startLine() <= shared.range().endLine();
    }

    /** True when something was reported at a place that has the same cause. */
    boolean isReported(SourceRange range, String rule) {
        return findings.containsKey(List.of(rule, range));
    }

    public List<Finding> findings() {
        return new ArrayList<>(findings.values());
    }
}
