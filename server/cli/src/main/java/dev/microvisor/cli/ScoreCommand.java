package dev.microvisor.cli;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.settings.RuleChoice;
import dev.microvisor.analysis.settings.SettingsFinder;
import dev.microvisor.cli.score.Label;
import dev.microvisor.cli.score.LabelsFile;
import dev.microvisor.cli.score.ScoreTable;
import dev.microvisor.cli.score.Scorecard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code microvisor score}: how good the linter is, by labels that people made. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lints trees and compares with labels that people made: per rule, the defects found and the look-alikes flagged;"
                    + " per tree, the reports that no label speaks of, by 1,000 lines of application code.",
            "Settings files of the trees are not read."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:95 %% of the certain defects found, no certain look-alike flagged",
            "1:less than that",
            "2:something could not be read; the rest was still scored"
        })
final class ScoreCommand implements Callable<Integer> {
    private final Console console;
    private final Supplier<Analysis> analysis;
    private final Supplier<RuleBook> rules;

    @Parameters(
            index = "0",
            paramLabel = "LABELS",
            description =
                    "JSON array of objects with repo, file, line, accept_lines, rule, kind (defect or"
                            + " clean-trap) and certainty (certain or likely).")
    private Path labels;

    @Parameters(
            index = "1",
            paramLabel = "TREES",
            description =
                    "Folder with a folder NAME for each repo OWNER/NAME, submodules included.")
    private Path trees;

    @Option(names = "--no-hints", description = "Leave out what a lint says only with --pedantic.")
    private boolean noHints;

    ScoreCommand(Console console, Supplier<Analysis> analysis, Supplier<RuleBook> rules) {
        this.console = console;
        this.analysis = analysis;
        this.rules = rules;
    }

    @Override
    public Integer call() {
        Path root = console.resolve(trees);
        Map<String, List<Label>> byTree = new TreeMap<>();
        for (Label label : labels()) {
            byTree.computeIfAbsent(label.tree(), t -> new ArrayList<>()).add(label);
        }
        PrintWriter err = console.errWriter();
        Scorecard card = new Scorecard();
        boolean complete = true;
        for (Map.Entry<String, List<Label>> entry : byTree.entrySet()) {
            Path tree = root.resolve(entry.getKey());
            if (!Files.isDirectory(tree)) {
                err.println(
                        "microvisor: error: there is no tree "
                                + tree
                                + " for "
                                + entry.getValue().size()
                                + " labels");
                complete = false;
                continue;
            }
            complete &= score(entry.getKey(), tree, entry.getValue(), card, err);
        }
        PrintWriter out = console.outWriter();
        ScoreTable.write(card, root, out);
        out.flush();
        if (!complete) {
            return ExitCode.COULD_NOT_RUN;
        }
        return card.passes() ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }

    private List<Label> labels() {
        Path file = console.resolve(labels);
        try {
            return LabelsFile.read(file);
        } catch (IOException e) {
            String what = Files.isReadable(file) ? e.getMessage() : "cannot be read";
            throw new UserError(
                    "labels " + file + ": " + what, "microvisor score --help tells their form");
        }
    }

    private boolean score(
            String name, Path tree, List<Label> labels, Scorecard card, PrintWriter err) {
        LintRequest request =
                new LintRequest(
                        List.of(tree),
                        Optional.empty(),
                        Map.of(),
                        LintRequest.Depth.FULL,
                        Runtime.getRuntime().availableProcessors());
        LintResult raw = analysis.get().lint(request, CancelToken.NEVER);
        List<Finding> findings =
                SettingsFinder.isolated().choose(raw.findings(), RuleChoice.DEFAULT, !noHints);
        try {
            card.add(name, tree, labels, new LintResult(raw.files(), findings, raw.problems()));
        } catch (IOException e) {
            throw new UserError("cannot list " + tree, "check its permissions");
        }
        List<Problem> fatal = raw.problems().stream().filter(Problem::fatal).toList();
        fatal.forEach(problem -> err.println(problem.where() + ": " + problem.what()));
        return areAboutFilesOf(tree, labels, err) && fatal.isEmpty();
    }

    private boolean areAboutFilesOf(Path tree, List<Label> labels, PrintWriter err) {
        boolean complete = true;
        for (Label label : labels) {
            Path file = tree.resolve(label.file());
            if (!Files.isRegularFile(file)) {
                err.println(
                        "microvisor: error: label %s is about %s, which does not exist"
                                .formatted(label.id(), file));
                complete = false;
            }
            if (label.kind() == Label.Kind.DEFECT && !rules.get().ids().contains(label.rule())) {
                err.println(
                        "microvisor: warning: label %s wants a rule '%s', which there is not"
                                .formatted(label.id(), label.rule()));
            }
        }
        return complete;
    }
}
