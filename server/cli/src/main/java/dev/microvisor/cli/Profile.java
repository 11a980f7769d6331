package dev.microvisor.cli;

import dev.microvisor.analysis.LintObserver;
import dev.microvisor.cli.report.MarkdownTable;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Adds up where the time of a run goes, and shows it as two tables: by phase and by rule. */
final class Profile implements LintObserver {
    /** Rules that are named; the others share one line. */
    private static final int NAMED_RULES = 20;

    private static final double NANOS_PER_MS = 1e6;

    private final Map<Phase, Long> phases = new EnumMap<>(Phase.class);
    private final Map<String, Long> rules = new HashMap<>();

    @Override
    public void spent(Phase phase, long nanoseconds) {
        phases.merge(phase, nanoseconds, Long::sum);
    }

    @Override
    public boolean wantsRules() {
        return true;
    }

    @Override
    public void spentIn(String rule, long nanoseconds) {
        rules.merge(rule, nanoseconds, Long::sum);
    }

    /**
     * @param sinceStartMs what the clock says since Java was started
     */
    void write(long sinceStartMs, PrintWriter out) {
        double all = sinceStartMs * NANOS_PER_MS;
        MarkdownTable byPhase = new MarkdownTable("phase", "ms", "part");
        long known = 0;
        for (Map.Entry<Phase, Long> phase : phases.entrySet()) {
            row(phase.getKey().words(), phase.getValue(), all, byPhase);
            known += phase.getValue();
        }
        row("launcher, start of Java, output", Math.max(0, (long) all - known), all, byPhase);
        row("together", (long) all, all, byPhase);
        byPhase.write(out);
        if (!rules.isEmpty()) {
            out.println();
            byRule(out);
        }
    }

    private void byRule(PrintWriter out) {
        long all = rules.values().stream().mapToLong(Long::longValue).sum();
        List<Map.Entry<String, Long>> sorted =
                rules.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .toList();
        List<Map.Entry<String, Long>> rest =
                sorted.subList(Math.min(NAMED_RULES, sorted.size()), sorted.size());
        MarkdownTable table = new MarkdownTable("rule", "ms", "part");
        sorted.stream()
                .limit(NAMED_RULES)
                .forEach(rule -> row(rule.getKey(), rule.getValue(), all, table));
        if (!rest.isEmpty()) {
            long others = rest.stream().mapToLong(Map.Entry::getValue).sum();
            row(rest.size() + " others", others, all, table);
        }
        row("all rules", all, all, table);
        table.write(out);
    }

    private static void row(String name, long nanoseconds, double all, MarkdownTable table) {
        table.row(
                name,
                String.format(Locale.ROOT, "%.1f", nanoseconds / NANOS_PER_MS),
                String.format(Locale.ROOT, "%.0f %%", all == 0 ? 0 : 100 * nanoseconds / all));
    }
}
