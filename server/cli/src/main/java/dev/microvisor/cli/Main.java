package dev.microvisor.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The entry point of {@code microvisor-server.jar}. */
public final class Main {
    /** Set to anything to get the stack trace of an internal error. */
    static final String DEBUG_VARIABLE = "MICROVISOR_DEBUG";

    private final Console console;
    private final Supplier<Analysis> analysis;
    private final Supplier<RuleBook> rules;

    Main(Console console, Supplier<Analysis> analysis, Supplier<RuleBook> rules) {
        this.console = console;
        this.analysis = analysis;
        this.rules = rules;
    }

    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        // The C parser brings a logger without a target, which would say so at every start.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Main program =
                new Main(console, () -> new CachedAnalysis(Optional.empty()), RuleBook::bundled);
        int code = program.run(arguments);
        System.exit(code);
    }

    int run(String... arguments) {
        PrintWriter out = console.outWriter();
        PrintWriter err = console.errWriter();
        CommandLine commands =
                new CommandLine(new RootCommand())
                        .addSubcommand(new LintCommand(console, analysis, rules))
                        .addSubcommand(new ExplainCommand(console, rules))
                        .addSubcommand(new RulesCommand(console, rules))
                        .addSubcommand(new ScoreCommand(console, analysis, rules))
                        .addSubcommand(new LspCommand(console))
                        .addSubcommand(new TrainCommand(analysis, rules))
                        .setOut(out)
                        .setErr(err)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setUsageHelpWidth(100)
                        .setUsageHelpAutoWidth(false)
                        .setColorScheme(colours())
                        .setParameterExceptionHandler((e, args) -> wrongUsage(e, err))
                        .setExecutionExceptionHandler((e, line, result) -> failed(e, err));
        int code = commands.execute(arguments);
        out.flush();
        Optional<String> lost = console.lost();
        lost.ifPresent(why -> err.println("microvisor: error: cannot write the output: " + why));
        err.flush();
        return lost.isPresent() ? ExitCode.COULD_NOT_RUN : code;
    }

    private CommandLine.Help.ColorScheme colours() {
        return CommandLine.Help.defaultColorScheme(
                console.wantsColour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF);
    }

    private static int wrongUsage(CommandLine.ParameterException e, PrintWriter err) {
        CommandLine command = e.getCommandLine();
        err.println("microvisor: error: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("  try: " + command.getCommandSpec().qualifiedName(" ") + " --help");
        return ExitCode.COULD_NOT_RUN;
    }

    /** The one place where a bug ends: a sentence instead of a stack trace. */
    private int failed(Exception e, PrintWriter err) {
        if (e instanceof UserError mistake) {
            err.println("microvisor: error: " + mistake.getMessage());
            err.println("  try: " + mistake.advice());
            return ExitCode.COULD_NOT_RUN;
        }
        err.println("microvisor: internal error: " + e);
        if (console.environment().containsKey(DEBUG_VARIABLE)) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            err.print(trace);
        } else {
            err.println("  this is a bug of microvisor; set " + DEBUG_VARIABLE + "=1 to see where");
        }
        return ExitCode.COULD_NOT_RUN;
    }
}
