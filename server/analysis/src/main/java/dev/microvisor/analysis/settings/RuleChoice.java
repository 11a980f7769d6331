package dev.microvisor.analysis.settings;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.rules.Rules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which rules speak, and how loudly. Aliases are kept as the ids that they mean.
 *
 * @param select only these; empty or {@code ALL} means all
 * @param ignore none of these, whatever {@code select} says
 * @param severity severities that replace the rules' own
 */
public record RuleChoice(List<String> select, List<String> ignore, Map<String, Level> severity) {
    /** Stands for every rule, in {@code select} and {@code ignore}. */
    public static final String ALL = "ALL";

    /** Says nothing, so that every rule keeps its default. */
    public static final RuleChoice DEFAULT = new RuleChoice(List.of(), List.of(), Map.of());

    public RuleChoice {
        select = select.stream().map(Rules::idOf).toList();
        ignore = ignore.stream().map(Rules::idOf).toList();
        Map<String, Level> byId = new TreeMap<>();
        severity.forEach((rule, level) -> byId.put(Rules.idOf(rule), level));
        severity = Map.copyOf(byId);
    }

    /**
     * This choice as changed by a more specific one: its {@code select} replaces, the rest adds.
     */
    public RuleChoice refinedBy(RuleChoice other) {
        List<String> bothIgnored =
                java.util.stream.Stream.concat(ignore.stream(), other.ignore.stream())
                        .filter(rule -> !other.select.contains(rule))
                        .distinct()
                        .toList();
        Map<String, Level> severities = new TreeMap<>(severity);
        severities.putAll(other.severity);
        boolean keepsSelect = other.select.isEmpty() && !other.ignore.contains(ALL);
        return new RuleChoice(keepsSelect ? select : other.select, bothIgnored, severities);
    }

    /**
     * The severity of a report, or empty when it is not wanted.
     *
     * @param own what the rule says
     * @param hints whether hints are wanted that nobody asked for by name
     */
    public Optional<Severity> decide(String rule, Severity own, boolean hints) {
        boolean byName = select.contains(rule);
        if (ignore.contains(rule) || (ignore.contains(ALL) && !byName)) {
            return Optional.empty();
        }
        if (!select.isEmpty() && !byName && !select.contains(ALL)) {
            return Optional.empty();
        }
        Level level = severity.get(rule);
        Optional<Severity> decided = level == null ? Optional.of(own) : level.severity();
        return decided.filter(s -> s != Severity.HINT || hints || byName);
    }
}
