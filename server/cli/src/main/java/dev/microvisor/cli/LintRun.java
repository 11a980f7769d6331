package dev.microvisor.cli;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintObserver;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.project.SourceFiles;
import dev.microvisor.analysis.settings.RuleChoice;
import dev.microvisor.analysis.settings.SettingsFinder;
import dev.microvisor.cli.filter.Baseline;
import dev.microvisor.cli.filter.ChangedLines;
import dev.microvisor.cli.fix.FixRun;
import dev.microvisor.cli.report.OutputFormat;
import dev.microvisor.cli.report.Report;
import dev.microvisor.cli.report.Sources;
import dev.microvisor.cli.report.Style;
import dev.microvisor.cli.report.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One lint from the user's options to the report. */
final class LintRun {
    private final Console console;
    private final LintOptions options;
    private final Analysis analysis;
    private final RuleBook rules;
    private final SettingsFinder settings;
    private final List<String> remarks = new ArrayList<>();
    private List<Path> paths = List.of();
    private int hiddenHints;

    /** Hints in the report that nobody asked for. */
    private int unaskedHints;

    private final Optional<Profile> profile;
    private final LintObserver observer;

    LintRun(Console console, LintOptions options, Analysis analysis, RuleBook rules) {
        this.console = console;
        this.options = options;
        this.analysis = analysis;
        this.rules = rules;
        this.settings = settings(options, rules);
        this.profile = options.profile ? Optional.of(new Profile()) : Optional.empty();
        LintObserver progress =
                console.wantsProgress() ? new ProgressLine(console.errWriter()) : LintObserver.NONE;
        this.observer = profile.<LintObserver>map(p -> p).orElse(progress);
    }

    static SettingsFinder settings(LintOptions options, RuleBook rules) {
        return options.isolated ? SettingsFinder.isolated() : new SettingsFinder(rules.ids());
    }

    /**
     * What came of it.
     *
     * @param changed what {@code --fix} or {@code --diff} makes of files
     * @param remarks what the user should know about the run, for standard error
     */
    record Outcome(
            Report report, Optional<FixRun.Result> changed, List<String> remarks, int exitCode) {
        Outcome {
            remarks = List.copyOf(remarks);
        }
    }

    Outcome run() {
        rules.check(options.select, "--select");
        rules.check(options.ignore, "--ignore");
        Optional<ChangedLines> since = options.since().map(this::changedLines);
        Inputs inputs = Inputs.of(options, console);
        paths = inputs.paths();
        Sources sources = new Sources(inputs.overlays());
        Optional<FixRun.Result> fixed = Optional.empty();
        LintResult found;
        Map<Path, String> contents = inputs.overlays();
        if (options.fix || options.diff) {
            refuseToFixStandardInput(inputs);
            FixRun.Result result =
                    new FixRun(
                                    overlays ->
                                            filtered(
                                                    lint(inputs.paths(), overlays),
                                                    since,
                                                    overlays),
                                    sources,
                                    options.unsafeFixes)
                            .run(inputs.overlays());
            fixed = Optional.of(result);
            found = result.rest();
            contents = new TreeMap<>(contents);
            contents.putAll(result.overlays());
        } else {
            found = filtered(lint(inputs.paths(), contents), since, contents);
        }
        List<Problem> problems = new ArrayList<>(inputs.problems());
        problems.addAll(settings.problems());
        problems.addAll(found.problems());
        Report report =
                new Report(
                        new LintResult(found.files(), found.findings(), problems),
                        new Sources(contents),
                        rules.pages(),
                        console.folder(),
                        Version.text(),
                        style());
        if (hiddenHints > 0 && options.format == OutputFormat.TEXT && !options.diff) {
            remarks.add(
                    hiddenHints
                            + (hiddenHints == 1 ? " hint is" : " hints are")
                            + " not shown; --pedantic shows them");
        }
        profile.ifPresent(this::report);
        boolean incomplete = problems.stream().anyMatch(p -> isFatal(p, inputs.paths()));
        return new Outcome(report, fixed, remarks, exitCode(report, fixed, incomplete));
    }

    private void report(Profile times) {
        StringWriter text = new StringWriter();
        times.write(sinceStartMs(), new PrintWriter(text));
        remarks.addAll(text.toString().lines().toList());
    }

    private static long sinceStartMs() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()).toMillis())
                .orElse(0L);
    }

    private void refuseToFixStandardInput(Inputs inputs) {
        if (options.fix && !options.diff && !inputs.overlays().isEmpty()) {
            throw new UserError(
                    "standard input cannot be changed in place", "--diff prints the change");
        }
    }

    private LintResult lint(List<Path> paths, Map<Path, String> overlays) {
        if (paths.isEmpty()) {
            return new LintResult(List.of(), List.of(), List.of());
        }
        Optional<Path> named = Optional.ofNullable(options.database).map(console::resolve);
        LintRequest request =
                new LintRequest(
                        paths,
                        named.or(() -> settings.of(paths.get(0)).compileCommands()),
                        overlays,
                        LintRequest.Depth.FULL,
                        options.threads(),
                        file -> settings.of(file).excludes(file),
                        settings.wrappers(paths),
                        List.of());
        return analysis.lint(request, CancelToken.NEVER, observer);
    }

    private LintResult filtered(
            LintResult raw, Optional<ChangedLines> since, Map<Path, String> contents) {
        RuleChoice ordered = new RuleChoice(options.select, options.ignore, Map.of());
        Set<Finding> asked =
                new HashSet<>(settings.choose(raw.findings(), ordered, options.isPedantic()));
        // A baseline holds hints, too: it must hide the same whatever the format.
        List<Finding> findings = settings.choose(raw.findings(), ordered, true);
        if (options.baseline().isPresent()) {
            Path file = console.resolve(options.baseline().get());
            findings = withoutAccepted(file, findings, raw.files(), new Sources(contents));
        }
        if (since.isPresent()) {
            findings = since.get().in(findings);
        }
        List<Finding> shown = listsHints() ? findings : keep(findings, asked);
        hiddenHints = findings.size() - shown.size();
        unaskedHints = shown.size() - keep(shown, asked).size();
        return new LintResult(raw.files(), shown, raw.problems());
    }

    private static List<Finding> keep(List<Finding> findings, Set<Finding> these) {
        return findings.stream().filter(these::contains).toList();
    }

    /** True when programs read the report, who know a hint by its severity. */
    private boolean listsHints() {
        boolean edits = options.fix || options.diff;
        return options.format.listsHints()
                && options.pedantic == null
                && !edits
                && !options.statistics;
    }

    private ChangedLines changedLines(String revision) {
        try {
            return ChangedLines.since(revision, console.folder());
        } catch (ChangedLines.UnknownRevision e) {
            throw new UserError(e.getMessage(), e.advice());
        } catch (IOException e) {
            throw new UserError(
                    "cannot compare with '" + revision + "': " + e.getMessage(),
                    "run inside a git work tree and name a commit, such as origin/main");
        }
    }

    private List<Finding> withoutAccepted(
            Path file, List<Finding> findings, List<Path> looked, Sources sources) {
        try {
            if (!Files.exists(file)) {
                Baseline.of(findings, file, sources).write(file);
                remarks.add("wrote " + file + " with " + findings.size() + " accepted findings");
                return List.of();
            }
            Baseline baseline = Baseline.read(file);
            if (options.prune) {
                Baseline pruned =
                        baseline.pruned(findings, f -> isLookedAt(f, looked), file, sources);
                pruned.write(file);
                int gone = baseline.size() - pruned.size();
                remarks.add("forgot " + Words.count(gone, "finding") + " of " + file);
                baseline = pruned;
            }
            return baseline.newIn(findings, file, sources);
        } catch (NoSuchFileException e) {
            throw new UserError(
                    "baseline " + file + ": its folder does not exist", "make it, or name another");
        } catch (IOException e) {
            throw new UserError(
                    "baseline " + file + ": " + e.getMessage(),
                    "correct the path, or delete the file to have it written anew");
        }
    }

    /** Headers have no command of their own: they are looked at with the folder they lie in. */
    private boolean isLookedAt(Path file, List<Path> looked) {
        return looked.contains(file)
                || (SourceFiles.isHeader(file)
                        && !settings.of(file).excludes(file)
                        && paths.stream().anyMatch(file::startsWith));
    }

    /**
     * A syntax error or a missing header in a file that the user named means that the order could
     * not be carried out. In a folder such a file is one of many, and the build server wants to
     * hear about the others: there it is a warning.
     */
    private static boolean isFatal(Problem problem, List<Path> named) {
        return problem.fatal() || (problem.line().isPresent() && named.contains(problem.where()));
    }

    private int exitCode(Report report, Optional<FixRun.Result> fixed, boolean incomplete) {
        if (incomplete) {
            return ExitCode.COULD_NOT_RUN;
        }
        if (options.diff) {
            boolean changes = fixed.filter(f -> !f.changed().isEmpty()).isPresent();
            return changes && !options.exitZero ? ExitCode.FINDINGS : ExitCode.CLEAN;
        }
        int findings = report.findings().size() - unaskedHints;
        if (findings == 0 || options.exitZero) {
            return ExitCode.CLEAN;
        }
        if (options.maxWarnings != null) {
            boolean tolerable =
                    report.count(Severity.ERROR) == 0 && findings <= options.maxWarnings;
            return tolerable ? ExitCode.CLEAN : ExitCode.FINDINGS;
        }
        return ExitCode.FINDINGS;
    }

    private Style style() {
        boolean coloured =
                switch (options.colour) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO -> options.output == null && console.wantsColour();
                };
        return coloured ? Style.COLOURED : Style.PLAIN;
    }
}
