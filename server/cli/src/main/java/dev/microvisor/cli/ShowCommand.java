package dev.microvisor.cli;

import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.settings.RuleChoice;
import dev.microvisor.analysis.settings.Settings;
import dev.microvisor.analysis.settings.SettingsFinder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** {@code --show-files} and {@code --show-settings}: what a lint would look at, and how. */
final class ShowCommand {
    private final Console console;
    private final LintOptions options;
    private final SettingsFinder settings;

    ShowCommand(Console console, LintOptions options, RuleBook rules) {
        this.console = console;
        this.options = options;
        this.settings = LintRun.settings(options, rules);
    }

    int run() {
        Inputs inputs = Inputs.of(options, console);
        Targets targets = Targets.find(inputs.paths(), settings);
        PrintWriter out = console.outWriter();
        for (Path file : targets.files()) {
            out.println(shown(file));
            if (options.showSettings) {
                write(file, out);
            }
        }
        out.flush();
        PrintWriter err = console.errWriter();
        inputs.problems().forEach(problem -> say(problem, err));
        targets.problems().forEach(problem -> say(problem, err));
        settings.problems().forEach(problem -> say(problem, err));
        boolean complete =
                inputs.problems().isEmpty()
                        && targets.problems().isEmpty()
                        && settings.problems().isEmpty();
        return complete ? ExitCode.CLEAN : ExitCode.COULD_NOT_RUN;
    }

    private String shown(Path file) {
        return file.startsWith(console.folder())
                ? console.folder().relativize(file).toString()
                : file.toString();
    }

    private void say(Problem problem, PrintWriter err) {
        String line = problem.line().map(number -> ":" + (number + 1)).orElse("");
        err.println(
                shown(problem.where()) + line + ": " + problem.what() + "; " + problem.advice());
    }

    private void write(Path file, PrintWriter out) {
        Settings found = settings.of(file);
        RuleChoice choice =
                found.rulesFor(file)
                        .refinedBy(new RuleChoice(options.select, options.ignore, Map.of()));
        out.println("  settings = " + found.file().map(Path::toString).orElse("(defaults)"));
        out.println("  pedantic = " + (found.pedantic() || options.isPedantic()));
        out.println("  select = " + (choice.select().isEmpty() ? "ALL" : choice.select()));
        out.println("  ignore = " + choice.ignore());
        new TreeMap<>(choice.severity())
                .forEach((rule, level) -> out.println("  severity." + rule + " = " + level.word()));
        found.compileCommands().ifPresent(path -> out.println("  compile-commands = " + path));
    }
}
