package dev.microvisor.analysis;

import dev.microvisor.analysis.cache.FileState;
import dev.microvisor.analysis.cache.ResultCache;
import dev.microvisor.analysis.cache.Stored;
import dev.microvisor.analysis.frontend.FrontEnd;
import dev.microvisor.analysis.frontend.Memory;
import dev.microvisor.analysis.frontend.SourceCache;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Programs;
import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.analysis.project.CompilerFlags;
import dev.microvisor.analysis.project.OwnCode;
import dev.microvisor.analysis.project.ProjectModel;
import dev.microvisor.analysis.rules.Rule;
import dev.microvisor.analysis.rules.RuleInfo;
import dev.microvisor.analysis.rules.RuleRun;
import dev.microvisor.analysis.rules.Rules;
import dev.microvisor.analysis.rules.TimedRule;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.sdk.SdkFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One lint, from the request to the findings. Used once. */
final class Lint {
    private static final Comparator<Finding> BY_PLACE =
            Comparator.comparing((Finding f) -> f.range().file())
                    .thenComparing(f -> f.range().startLine())
                    .thenComparing(f -> f.range().startColumn())
                    .thenComparing(Finding::rule);

    private final Supplier<Catalog> catalog;
    private final LintRequest request;
    private final CancelToken cancel;
    private final LintObserver observer;
    private final Laps laps;
    private final ProjectModel model;
    private final SourceCache sources;
    private final OwnCode own;
    private Optional<UnreadSources> unread = Optional.empty();

    Lint(
            Supplier<Catalog> catalog,
            LintRequest request,
            Memory memory,
            CancelToken cancel,
            LintObserver observer) {
        cancel.throwIfCancelled();
        this.catalog = catalog;
        this.request = request;
        this.cancel = cancel;
        this.observer = observer;
        this.laps = new Laps(observer);
        this.model = ProjectModel.of(request, cancel);
        Map<Path, String> overlays = new HashMap<>();
        request.overlays().forEach((p, text) -> overlays.put(p.toAbsolutePath().normalize(), text));
        this.sources =
                new SourceCache(
                        overlays, () -> SdkFiles.of(catalog.get()).get("mv_syscalls.h"), memory);
        this.own = new OwnCode(model.units(), request.paths());
        laps.over(LintObserver.Phase.PROJECT);
    }

    /**
     * @param results where full lints of files on disk leave what they found
     */
    LintResult run(Optional<ResultCache> results) {
        Optional<KeptResult> kept =
                results.filter(r -> request.overlays().isEmpty() && isFull())
                        .map(r -> new KeptResult(r, model, request, sources, own));
        Optional<Stored> stored = kept.flatMap(KeptResult::find);
        laps.over(LintObserver.Phase.KEPT);
        if (stored.isPresent()) {
            return result(stored.get().findings(), stored.get().problems());
        }
        WrapperBodies wrappers = new WrapperBodies(catalog.get());
        List<Problem> problems = new ArrayList<>();
        List<Program> programs = programs(wrappers, problems);
        laps.over(LintObserver.Phase.PARSING);
        List<Finding> found = wanted(findings(programs));
        laps.over(LintObserver.Phase.RULES);
        problems.addAll(wrappers.problems(request.wrappers()));
        List<Path> judged = model.files().stream().filter(f -> isFull() && own.test(f)).toList();
        List<Finding> findings =
                new ArrayList<>(new Allowances(sources, programs).apply(found, judged));
        findings.sort(BY_PLACE);
        laps.over(LintObserver.Phase.SUPPRESSIONS);
        Map<Path, FileState> listings = unread.map(UnreadSources::listings).orElse(Map.of());
        kept.flatMap(k -> k.keep(listings, findings, problems)).ifPresent(problems::add);
        laps.over(LintObserver.Phase.KEEPING);
        return result(findings, problems);
    }

    private boolean isFull() {
        return request.depth() == LintRequest.Depth.FULL;
    }

    private LintResult result(List<Finding> findings, List<Problem> found) {
        List<Problem> problems = new ArrayList<>(model.problems());
        problems.addAll(found);
        return new LintResult(model.files(), findings, problems);
    }

    /** The programs that hold a unit asked for, in each way in which they are compiled. */
    private List<Program> programs(WrapperBodies wrappers, List<Problem> problems) {
        FrontEnd frontEnd =
                new FrontEnd(sources, request.depth(), own, interruptNumbers(), observer::parsed);
        List<Unit> units = frontEnd.read(model.units(), request.threads(), cancel);
        problems.addAll(problems(units.stream().filter(this::isAsked).toList()));
        UnreadSources others =
                new UnreadSources(
                        model.bystanders(), own.roots(), units, catalog.get(), sources, cancel);
        unread = Optional.of(others);
        Predicate<Path> inSight = file -> isAllInSight(file, others);
        List<Program> programs =
                new ArrayList<>(
                        Programs.of(
                                wrappers.addTo(units, request.wrappers()),
                                model.targets(),
                                inSight));
        for (Map<Path, CompilerFlags> flags : model.otherwise()) {
            List<Unit> changed = frontEnd.read(flags, request.threads(), cancel);
            programs.addAll(
                    Programs.of(
                            wrappers.addTo(replace(units, changed), request.wrappers()),
                            model.targets(),
                            inSight));
        }
        programs.removeIf(p -> p.units().stream().noneMatch(this::isAsked));
        return programs;
    }

    /** True when a function that a file declares is in sight, or a library's. */
    private boolean isAllInSight(Path file, UnreadSources others) {
        // An editor's lints are too many to look through the project in each.
        return model.isSearched(file) || (request.overlays().isEmpty() && others.areHarmless());
    }

    private boolean isAsked(Unit unit) {
        return model.asked().contains(unit.file());
    }

    private Map<String, Long> interruptNumbers() {
        Map<String, Long> numbers = new HashMap<>();
        catalog.get().interrupts().forEach(i -> numbers.put(i.numberName(), (long) i.number()));
        return numbers;
    }

    private static List<Problem> problems(List<Unit> units) {
        List<Problem> problems = new ArrayList<>();
        Set<String> headers = new HashSet<>();
        for (Unit unit : units) {
            for (Problem problem : unit.problems()) {
                // A header that is missing is missing everywhere; once is enough.
                if (!problem.what().startsWith("header ") || headers.add(problem.what())) {
                    problems.add(problem);
                }
            }
        }
        return problems;
    }

    /**
     * The units of another configuration: those of the first that it compiles alike, and its own.
     */
    private static List<Unit> replace(List<Unit> units, List<Unit> changed) {
        Map<Path, Unit> byFile = new LinkedHashMap<>();
        units.forEach(u -> byFile.put(u.file(), u));
        changed.forEach(u -> byFile.put(u.file(), u));
        return List.copyOf(byFile.values());
    }

    private List<Finding> findings(List<Program> programs) {
        List<Rule> rules =
                isFull()
                        ? Rules.all()
                        : Rules.all().stream()
                                .filter(r -> r.info().is(RuleInfo.Tag.QUICK))
                                .toList();
        List<TimedRule> timed = rules.stream().map(TimedRule::new).toList();
        List<Finding> findings = new ArrayList<>();
        for (Program program : programs) {
            findings.addAll(
                    RuleRun.run(
                                    observer.wantsRules() ? timed : rules,
                                    catalog.get(),
                                    program,
                                    p -> sources.text(p),
                                    cancel)
                            .findings());
        }
        if (observer.wantsRules()) {
            timed.forEach(rule -> observer.spentIn(rule.info().id(), rule.nanoseconds()));
        }
        return findings;
    }

    /** Findings in the files asked for, each once. */
    private List<Finding> wanted(List<Finding> findings) {
        List<Finding> wanted = new ArrayList<>();
        // A file that several programs share is looked at in each.
        Set<Cause> causes = new HashSet<>();
        for (Finding finding : findings) {
            Path file = finding.range().file();
            if (own.test(file) && isRequested(file) && causes.add(Cause.of(finding))) {
                wanted.add(finding);
            }
        }
        return wanted;
    }

    /** What makes two findings one report. */
    private record Cause(String rule, SourceRange range, String message) {
        static Cause of(Finding finding) {
            return new Cause(finding.rule(), finding.range(), finding.message());
        }
    }

    private boolean isRequested(Path file) {
        for (Path path : request.paths()) {
            Path absolute = path.toAbsolutePath().normalize();
            if (file.equals(absolute)
                    || (Files.isDirectory(absolute) && file.startsWith(absolute))) {
                return true;
            }
        }
        return false;
    }

    /** Tells an observer how long each phase took. */
    private static final class Laps {
        private final LintObserver observer;
        private long start = System.nanoTime();

        Laps(LintObserver observer) {
            this.observer = observer;
        }

        void over(LintObserver.Phase phase) {
            long now = System.nanoTime();
            observer.spent(phase, now - start);
            start = now;
        }
    }
}
