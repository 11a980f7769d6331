package dev.microvisor.cli;

import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.cli.fix.FixRun;
import dev.microvisor.cli.fix.UnifiedDiff;
import dev.microvisor.cli.report.Report;
import dev.microvisor.cli.report.ReportWriter;
import dev.microvisor.cli.report.Sources;
import dev.microvisor.cli.report.StatisticsReport;
import dev.microvisor.cli.report.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code microvisor lint}: checks sources and reports. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Checks C and C++ sources against the contract of the Microvisor calls.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no findings",
            "1:findings",
            "2:something could not be run or read; the rest was still checked"
        })
final class LintCommand implements Callable<Integer> {
    private final Console console;
    private final Supplier<Analysis> analysis;
    private final Supplier<RuleBook> rules;

    @Mixin private LintOptions options = new LintOptions();

    LintCommand(Console console, Supplier<Analysis> analysis, Supplier<RuleBook> rules) {
        this.console = console;
        this.analysis = analysis;
        this.rules = rules;
    }

    @Override
    public Integer call() {
        options.check();
        if (options.showFiles || options.showSettings) {
            return new ShowCommand(console, options, rules.get()).run();
        }
        LintRun.Outcome outcome =
                new LintRun(console, options, analysis.get().withCache(cache()), rules.get()).run();
        if (options.fix && !options.diff) {
            outcome.changed().ifPresent(this::writeFixes);
        }
        if (options.output == null) {
            PrintWriter out = console.outWriter();
            write(outcome, out);
            out.flush();
        } else {
            writeTo(outcome, console.resolve(options.output));
        }
        PrintWriter err = console.errWriter();
        ProblemLines.write(outcome.report(), err);
        outcome.remarks().forEach(err::println);
        outcome.changed().filter(c -> options.fix && !options.diff).ifPresent(c -> say(c, err));
        err.flush();
        return outcome.exitCode();
    }

    private Optional<Path> cache() {
        if (options.noCache) {
            return Optional.empty();
        }
        return Optional.of(
                options.cacheFolder != null
                        ? console.resolve(options.cacheFolder)
                        : CachedAnalysis.standardFolder(
                                console.environment(),
                                System.getProperty("os.name", ""),
                                Path.of(System.getProperty("user.home", "."))));
    }

    private static void say(FixRun.Result changed, PrintWriter err) {
        if (changed.fixed() == 0) {
            err.println("nothing to mend");
        } else {
            err.println(
                    "mended "
                            + Words.count(changed.fixed(), "finding")
                            + " in "
                            + Words.count(changed.changed().size(), "file"));
        }
    }

    private void write(LintRun.Outcome outcome, PrintWriter out) {
        if (options.diff) {
            outcome.changed().ifPresent(changed -> writeDiff(outcome.report(), changed, out));
            return;
        }
        ReportWriter writer = options.statistics ? new StatisticsReport() : options.format.writer();
        writer.write(outcome.report(), out);
    }

    private static void writeDiff(Report report, FixRun.Result changed, PrintWriter out) {
        Sources before = new Sources(Map.of());
        changed.changed()
                .forEach(
                        (file, after) ->
                                out.print(
                                        UnifiedDiff.of(
                                                report.path(file),
                                                before.of(file).content(),
                                                after.content())));
    }

    private void writeFixes(FixRun.Result changed) {
        for (Map.Entry<Path, SourceText> entry : changed.changed().entrySet()) {
            try {
                Files.write(entry.getKey(), entry.getValue().bytes());
            } catch (IOException e) {
                throw new UserError(
                        "cannot write " + entry.getKey() + " (" + e.getMessage() + ")",
                        "make it writable, or see the change with --diff");
            }
        }
    }

    private void writeTo(LintRun.Outcome outcome, Path file) {
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            write(outcome, out);
            if (out.checkError()) {
                throw new UserError(
                        "cannot write all of " + file, "see that there is room on its disk");
            }
        } catch (IOException e) {
            throw new UserError(
                    "cannot write " + file + " (" + e.getClass().getSimpleName() + ")",
                    "name a file in a folder that exists and may be written");
        }
    }
}
