package dev.microvisor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Mixin private LintOptions options = new LintOptions();

    LintCommand(Console console, Supplier<Analysis> analysis) {
        this.console = console;
        this.analysis = analysis;
    }

    @Override
    public Integer call() {
        LintRun run = new LintRun(console, options, analysis.get());
        PrintWriter err = console.errWriter();
        LintRun.Outcome outcome = run.run();
        if (options.output == null) {
            PrintWriter out = console.outWriter();
            write(outcome, out);
            out.flush();
        } else {
            writeTo(outcome, console.resolve(options.output));
        }
        ProblemLines.write(outcome.report(), err);
        err.flush();
        return outcome.exitCode();
    }

    private void write(LintRun.Outcome outcome, PrintWriter out) {
        options.format.writer().write(outcome.report(), out);
    }

    private void writeTo(LintRun.Outcome outcome, Path file) {
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            write(outcome, out);
        } catch (IOException e) {
            throw new UserError(
                    "cannot write " + file + " (" + e.getClass().getSimpleName() + ")",
                    "name a file in a folder that exists and may be written");
        }
    }
}
