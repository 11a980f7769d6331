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
import java.util.TreeMap;
import java.util.function.Supplier;

/** The analysis: a request in, findings out. Safe to use from several threads. */
public final class Linter {
    private static final Comparator<Finding> BY_PLACE =
            Comparator.comparing((Finding f) -> f.range().file())
                    .thenComparing(f -> f.range().startLine())
                    .thenComparing(f -> f.range().startColumn())
                    .thenComparing(Finding::rule);

    private static final String OWN = "own ";
    private static final String FOREIGN = "foreign ";

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

    /** One that remembers headers from one lint to the next, for an editor. */
    public static Linter remembering(Catalog catalog) {
        return new Linter(() -> catalog, Optional.empty(), Optional.of(new Memory()));
    }

    public LintResult lint(LintRequest request, CancelToken cancel) {
        return lint(request, cancel, LintObserver.NONE);
    }

    /** The same, and tells how it goes on. */
    public LintResult lint(LintRequest request, CancelToken cancel, LintObserver observer) {
        cancel.throwIfCancelled();
        Laps laps = new Laps(observer);
        ProjectModel model = ProjectModel.of(request, cancel);
        Map<Path, String> overlays = new HashMap<>();
        request.overlays().forEach((p, text) -> overlays.put(p.toAbsolutePath().normalize(), text));
        SourceCache sources =
                new SourceCache(
                        overlays,
                        () -> SdkFiles.of(catalog.get()).get("mv_syscalls.h"),
                        memory.orElseGet(Memory::new));
        OwnCode own = new OwnCode(model.units(), request.paths());
        laps.over(LintObserver.Phase.PROJECT);
        Optional<ResultCache> cache =
                results.filter(
                        r -> overlays.isEmpty() && request.depth() == LintRequest.Depth.FULL);
        String asked = asked(model, request);
        Optional<Stored> stored = cache.flatMap(c -> c.find(asked));
        if (stored.isPresent() && holds(stored.get(), sources, own)) {
            List<Problem> problems = new ArrayList<>(model.problems());
            problems.addAll(stored.get().problems());
            laps.over(LintObserver.Phase.KEPT);
            return new LintResult(model.files(), stored.get().findings(), problems);
        }
        laps.over(LintObserver.Phase.KEPT);
        FrontEnd frontEnd =
                new FrontEnd(sources, request.depth(), own, interruptNumbers(), observer::parsed);
        List<Unit> units = frontEnd.read(model.units(), request.threads(), cancel);
        WrapperBodies wrappers = new WrapperBodies(catalog.get());
        List<Finding> findings = new ArrayList<>();
        List<Program> programs =
                new ArrayList<>(Programs.of(wrappers.addTo(units, request.wrappers())));
        for (Map<Path, CompilerFlags> flags : model.otherwise()) {
            List<Unit> changed = frontEnd.read(flags, request.threads(), cancel);
            programs.addAll(
                    Programs.of(wrappers.addTo(replace(units, changed), request.wrappers())));
        }
        programs.removeIf(p -> p.units().stream().noneMatch(u -> isAsked(u, model)));
        laps.over(LintObserver.Phase.PARSING);
        List<TimedRule> timed = rules(request).stream().map(TimedRule::new).toList();
        for (Program program : programs) {
            findings.addAll(
                    RuleRun.run(
                                    observer.wantsRules() ? timed : rules(request),
                                    catalog.get(),
                                    program,
                                    p -> sources.text(p),
                                    cancel)
                            .findings());
        }
        laps.over(LintObserver.Phase.RULES);
        if (observer.wantsRules()) {
            timed.forEach(rule -> observer.spentIn(rule.info().id(), rule.nanoseconds()));
        }
        List<Problem> found = problems(units.stream().filter(u -> isAsked(u, model)).toList());
        found.addAll(wrappers.problems(request.wrappers()));
        boolean all = request.depth() == LintRequest.Depth.FULL;
        List<Path> known = model.files().stream().filter(f -> all && own.test(f)).toList();
        List<Finding> left =
                new ArrayList<>(
                        new Allowances(sources, programs)
                                .apply(wanted(findings, request, own), known));
        left.sort(BY_PLACE);
        laps.over(LintObserver.Phase.SUPPRESSIONS);
        cache.ifPresent(c -> c.put(asked, new Stored(states(sources, own), left, found)));
        laps.over(LintObserver.Phase.KEEPING);
        List<Problem> problems = new ArrayList<>(model.problems());
        problems.addAll(found);
        return new LintResult(model.files(), left, problems);
    }

    private static boolean isAsked(Unit unit, ProjectModel model) {
        return model.asked().contains(unit.file());
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

    private Map<String, Long> interruptNumbers() {
        Map<String, Long> numbers = new HashMap<>();
        catalog.get().interrupts().forEach(i -> numbers.put(i.numberName(), (long) i.number()));
        return numbers;
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

    /** All that decides a result but for the contents of files. */
    private static String asked(ProjectModel model, LintRequest request) {
        List<Path> paths =
                request.paths().stream().map(p -> p.toAbsolutePath().normalize()).toList();
        StringBuilder text = new StringBuilder().append(paths).append(request.wrappers());
        List<Map<Path, CompilerFlags>> ways = new ArrayList<>(List.of(model.units()));
        ways.addAll(model.otherwise());
        for (Map<Path, CompilerFlags> way : ways) {
            way.forEach((file, flags) -> text.append('\n').append(file).append(flags.text()));
            text.append('\n');
        }
        return text.toString();
    }

    private static Map<String, FileState> states(SourceCache sources, OwnCode own) {
        Map<String, FileState> states = new TreeMap<>();
        sources.states().forEach((file, state) -> states.put(file, owned(file, state, own)));
        return states;
    }

    /** Whose a file is depends on more than its contents. */
    private static FileState owned(String file, FileState state, OwnCode own) {
        return state.isAbsent()
                ? state
                : new FileState(owner(file, own) + state.content(), state.stamp());
    }

    private static String owner(String file, OwnCode own) {
        return own.test(Path.of(file)) ? OWN : FOREIGN;
    }

    private static boolean holds(Stored stored, SourceCache sources, OwnCode own) {
        for (Map.Entry<String, FileState> file : stored.files().entrySet()) {
            FileState before = file.getValue();
            if (!before.isAbsent()) {
                String owner = owner(file.getKey(), own);
                if (!before.content().startsWith(owner)) {
                    return false;
                }
                before = new FileState(before.content().substring(owner.length()), before.stamp());
            }
            if (!sources.holds(file.getKey(), before)) {
                return false;
            }
        }
        return true;
    }

    private static List<Rule> rules(LintRequest request) {
        return request.depth() == LintRequest.Depth.FULL
                ? Rules.all()
                : Rules.all().stream().filter(r -> r.info().is(RuleInfo.Tag.QUICK)).toList();
    }

    /** Findings in the files asked for, each once. */
    private static List<Finding> wanted(List<Finding> findings, LintRequest request, OwnCode own) {
        List<Finding> wanted = new ArrayList<>();
        // A file that several programs share is looked at in each.
        Set<Cause> causes = new HashSet<>();
        for (Finding finding : findings) {
            Path file = finding.range().file();
            if (own.test(file) && isRequested(file, request) && causes.add(Cause.of(finding))) {
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

    private static boolean isRequested(Path file, LintRequest request) {
        for (Path path : request.paths()) {
            Path absolute = path.toAbsolutePath().normalize();
            if (file.equals(absolute)
                    || (Files.isDirectory(absolute) && file.startsWith(absolute))) {
                return true;
            }
        }
        return false;
    }

    public Catalog catalog() {
        return catalog.get();
    }
}
