package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Which options of {@code run} have a meaning together. An option that would be without effect is
 * refused, so that nobody believes that it had one.
 */
final class Combinations {
    private static final Set<String> LIMITS = Set.of("--max-time", "--max-instructions");
    private static final Set<String> SOURCES = Set.of("--cloud", "--seed");

    /** Options that choose another way of running, with what may be given besides. */
    private static final Map<String, List<Set<String>>> MODES =
            new TreeMap<>(
                    Map.of(
                            "--debug",
                            List.of(SOURCES, Set.of("--trace", "--gdb", "--interpreter")),
                            "--gdb",
                            List.of(
                                    SOURCES,
                                    Set.of(
                                            "--trace",
                                            "--gdb-tasks",
                                            "--format",
                                            "--inject",
                                            "--record",
                                            "--replay",
                                            "--realtime",
                                            "--cloud-api",
                                            "--with-api",
                                            "--api-port",
                                            "--serial-in",
                                            "--interpreter")),
                            "--explore-faults",
                            List.of(
                                    SOURCES,
                                    LIMITS,
                                    Set.of("--format", "--jobs", "--shard", "--report", "--hits")),
                            "--merge",
                            List.of(Set.of("--format", "--report"))));

    private static final List<String> ONLY_EXPLORING =
            List.of("--jobs", "--shard", "--report", "--hits");

    private Combinations() {}

    /**
     * The options that were given. Those that read their value themselves picocli does not count.
     */
    private static Set<String> names(ParseResult given) {
        return given.commandSpec().options().stream()
                .filter(
                        o ->
                                given.hasMatchedOption(o)
                                        || (o.parameterConsumer() != null && o.getValue() != null))
                .map(OptionSpec::longestName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Refuses options that would be ignored. */
    static void check(ParseResult given) throws CannotRun {
        Set<String> names = names(given);
        Optional<String> mode = MODES.keySet().stream().filter(names::contains).findFirst();
        if (mode.isPresent()) {
            for (String name : names) {
                if (!name.equals(mode.get())
                        && MODES.get(mode.get()).stream().noneMatch(set -> set.contains(name))) {
                    throw new CannotRun(
                            name + " has no effect with " + mode.get() + ": leave one of them out");
                }
            }
            return;
        }
        for (String name : ONLY_EXPLORING) {
            if (given.hasMatchedOption(name)) {
                throw new CannotRun(
                        name + " belongs to --explore-faults: give that, too, or leave it out");
            }
        }
        if (given.hasMatchedOption("--gdb-tasks")) {
            throw new CannotRun("--gdb-tasks belongs to --gdb: give that, too, or leave it out");
        }
        if (given.hasMatchedOption("--from-snapshot") && given.hasMatchedOption("--record")) {
            throw new CannotRun(
                    "--record cannot begin at a snapshot: what came before would be missing");
        }
        if (given.hasMatchedOption("--serial-in") && given.hasMatchedOption("--replay")) {
            throw new CannotRun(
                    "--serial-in has no effect with --replay: the recording says what comes in");
        }
    }
}
