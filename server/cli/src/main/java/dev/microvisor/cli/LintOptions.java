package dev.microvisor.cli;

import dev.microvisor.cli.report.OutputFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code lint}, as the user wrote them. Filled by picocli, read by one thread. */
final class LintOptions {
    /** Whether to colour. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description =
                    "Files and folders to check; the current folder when there is none; - reads"
                            + " standard input.")
    List<Path> paths = new ArrayList<>();

    @Option(
            names = {"-p", "--compile-commands"},
            paramLabel = "PATH",
            description =
                    "compile_commands.json or the folder that holds it. Otherwise the parents of"
                            + " each file and their build/ are searched, as clangd does.")
    Path database;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = FormatName.class,
            completionCandidates = FormatName.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} when not given.")
    OutputFormat format = OutputFormat.TEXT;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the report there instead of standard output.")
    Path output;

    @Option(
            names = "--select",
            paramLabel = "RULE",
            split = ",",
            description = "Only these rules; ALL for every rule. Hints count when named here.")
    List<String> select = new ArrayList<>();

    @Option(names = "--ignore", paramLabel = "RULE", split = ",", description = "Not these rules.")
    List<String> ignore = new ArrayList<>();

    @Option(
            names = "--pedantic",
            negatable = true,
            description =
                    "Report hints, too, in every format. Without it json, jsonl and sarif list them"
                            + " and the exit code leaves them out; with --no-pedantic they do not.")
    Boolean pedantic;

    boolean isPedantic() {
        return Boolean.TRUE.equals(pedantic);
    }

    @Option(names = "--exit-zero", description = "Exit 0 even when there are findings.")
    boolean exitZero;

    @Option(
            names = "--max-warnings",
            paramLabel = "N",
            description = "Exit 0 while there are no errors and at most N other findings.")
    Integer maxWarnings;

    @Option(names = "--fix", description = "Make the safe fixes and report the rest.")
    boolean fix;

    @Option(names = "--unsafe-fixes", description = "With --fix or --diff: suggested fixes, too.")
    boolean unsafeFixes;

    @Option(
            names = "--diff",
            description = "Print what --fix would change, change nothing; exit 1 if anything.")
    boolean diff;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description =
                    "Report only what is not in this file; it is written when it does not exist.")
    Path baseline;

    @Option(names = "--prune", description = "With --baseline: forget what was mended.")
    boolean prune;

    @Option(
            names = "--since",
            paramLabel = "REV",
            description = "Only findings on lines changed since this git revision.")
    String since;

    @Option(names = "--statistics", description = "Print a count per rule instead of findings.")
    boolean statistics;

    @Option(names = "--profile", description = "Tell on standard error where the time went.")
    boolean profile;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "Files parsed at the same time; as many as there are cores by default.")
    Integer jobs;

    @Option(
            names = "--stdin-filename",
            paramLabel = "FILE",
            description = "What standard input is called; needed with -.")
    Path stdinFilename;

    @Option(
            names = "--cache-dir",
            paramLabel = "FOLDER",
            description = "Keep results there instead of in the user's cache folder.")
    Path cacheFolder;

    @Option(names = "--no-cache", description = "Neither use nor keep results of earlier runs.")
    boolean noCache;

    @Option(names = "--isolated", description = "Read no microvisor.toml.")
    boolean isolated;

    @Option(names = "--show-settings", description = "Print the settings of each file and stop.")
    boolean showSettings;

    @Option(names = "--show-files", description = "Print the files that would be checked and stop.")
    boolean showFiles;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "AUTO",
            description = "One of auto, always, never. auto heeds NO_COLOR and the terminal.")
    Colour colour = Colour.AUTO;

    Optional<Path> baseline() {
        return Optional.ofNullable(baseline);
    }

    Optional<String> since() {
        return Optional.ofNullable(since);
    }

    /** Refuses what cannot be meant. */
    void check() {
        if (jobs != null && jobs < 1) {
            throw new UserError("-j " + jobs + " is no number of jobs", "-j 1 or more");
        }
        if (maxWarnings != null && maxWarnings < 0) {
            throw new UserError(
                    "--max-warnings " + maxWarnings + " is no number of findings",
                    "--max-warnings 0 fails at the first one");
        }
        if (prune && baseline == null) {
            throw new UserError(
                    "--prune forgets findings of a baseline, and none is named",
                    "--baseline FILE --prune");
        }
        if (unsafeFixes && !fix && !diff) {
            throw new UserError(
                    "--unsafe-fixes says which fixes --fix and --diff take, and neither is given",
                    "--diff --unsafe-fixes shows what --fix --unsafe-fixes would do");
        }
    }

    int threads() {
        return jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
    }
}
