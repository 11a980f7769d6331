package dev.microvisor.cli;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.settings.RuleChoice;
import dev.microvisor.analysis.settings.SettingsFinder;
import dev.microvisor.cli.report.Report;
import dev.microvisor.cli.report.Sources;
import dev.microvisor.cli.report.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One lint from the user's options to the report. */
final class LintRun {
    private final Console console;
    private final LintOptions options;
    private final Analysis analysis;
    private final SettingsFinder settings = new SettingsFinder(Set.of());

    LintRun(Console console, LintOptions options, Analysis analysis) {
        this.console = console;
        this.options = options;
        this.analysis = analysis;
    }

    /** What came of it. */
    record Outcome(Report report, int exitCode) {}

    Outcome run() {
        List<Path> wanted = options.paths.isEmpty() ? List.of(Path.of("")) : options.paths;
        Targets sources = Targets.find(wanted.stream().map(console::resolve).toList(), settings);
        Map<Path, String> overlays = Map.of();
        LintResult raw = lint(sources.files(), overlays);
        List<Problem> problems = new ArrayList<>(sources.problems());
        problems.addAll(settings.problems());
        problems.addAll(raw.problems());
        List<Finding> findings = chosen(raw.findings());
        Report report =
                new Report(
                        new LintResult(raw.files(), findings, problems),
                        new Sources(overlays),
                        List.of(),
                        console.folder(),
                        Version.text(),
                        style());
        return new Outcome(report, exitCode(findings, problems));
    }

    private LintResult lint(List<Path> files, Map<Path, String> overlays) {
        if (files.isEmpty()) {
            return new LintResult(List.of(), List.of(), List.of());
        }
        LintRequest request =
                new LintRequest(
                        files,
                        Optional.ofNullable(options.database).map(console::resolve),
                        overlays,
                        LintRequest.Depth.FULL,
                        options.threads());
        return analysis.lint(request, CancelToken.NEVER);
    }

    private List<Finding> chosen(List<Finding> findings) {
        RuleChoice ordered = new RuleChoice(options.select, options.ignore, Map.of());
        return settings.choose(findings, ordered, options.pedantic);
    }

    private int exitCode(List<Finding> findings, List<Problem> problems) {
        if (problems.stream().anyMatch(Problem::fatal)) {
            return ExitCode.COULD_NOT_RUN;
        }
        if (findings.isEmpty() || options.exitZero) {
            return ExitCode.CLEAN;
        }
        if (options.maxWarnings != null) {
            boolean errors = findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
            return errors || findings.size() > options.maxWarnings
                    ? ExitCode.FINDINGS
                    : ExitCode.CLEAN;
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
