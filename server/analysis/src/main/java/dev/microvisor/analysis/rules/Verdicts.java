package dev.microvisor.analysis.rules;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the paths say of the values at calls: a mistake is certain only when every path that reaches
 * the call makes it. A rule's memory.
 */
final class Verdicts {
    private final Map<List<Object>, Report> bad = new LinkedHashMap<>();
    private final Set<List<Object>> good = new HashSet<>();

    /** A path on which the value is right, or not known. */
    void good(ContractValue value) {
        good.add(key(value));
    }

    /** A path on which it is surely wrong. */
    void bad(ContractValue value, Report report) {
        bad.putIfAbsent(key(value), report);
    }

    private static List<Object> key(ContractValue value) {
        return List.of(value.site().call(), value.path());
    }

    /** Reports what no path contradicts. */
    void report(Check check) {
        bad.forEach(
                (key, report) -> {
                    if (!good.contains(key)) {
                        check.report(report);
                    }
                });
    }
}
