package dev.microvisor.debug.explore;

import dev.microvisor.debug.explore.ExplorationReport.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report for people: a table of what was found, with a command to see each again. */
public final class ExplorationTable {
    /** Characters of a log line that are shown. */
    private static final int SHOWN_LOG = 160;

    private static final String PREFIX = "MV_STATUS_";

    private ExplorationTable() {}

    /** Lines of the table, then a sentence that sums up. */
    public static List<String> of(ExplorationReport report) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"OUTCOME", "CALL SITE", "CALL = STATUS"});
        List<List<Result>> findings = alike(report.findings());
        for (List<Result> same : findings) {
            Result first = same.get(0);
            rows.add(
                    new String[] {
                        first.outcome().text(),
                        first.site().text(),
                        first.site().call()
                                + " = "
                                + same.stream()
                                        .map(one -> shortStatus(one.status()))
                                        .collect(Collectors.joining(", "))
                                + (first.nth() > 1 ? " (call " + first.nth() + ")" : "")
                    });
        }
        List<String> lines = new ArrayList<>();
        int[] widths = widths(rows);
        for (int i = 0; i < rows.size(); i++) {
            lines.add(line(rows.get(i), widths));
            if (i > 0) {
                lines.add("    " + findings.get(i - 1).get(0).detail());
                String lastLog = findings.get(i - 1).get(0).lastLog();
                if (!lastLog.isEmpty()) {
                    lines.add("    last line of its log: " + shortened(lastLog));
                }
                lines.add("    " + findings.get(i - 1).get(0).replay());
            }
        }
        if (findings.isEmpty()) {
            lines.clear();
        }
        lines.add(summary(report));
        return lines;
    }

    /** Neighbours that differ in the status only: to the firmware they are one mistake. */
    private static List<List<Result>> alike(List<Result> findings) {
        List<List<Result>> groups = new ArrayList<>();
        for (Result one : findings) {
            Result before = groups.isEmpty() ? null : groups.get(groups.size() - 1).get(0);
            if (before != null
                    && before.site().equals(one.site())
                    && before.nth() == one.nth()
                    && before.outcome() == one.outcome()
                    && before.detail().equals(one.detail())) {
                groups.get(groups.size() - 1).add(one);
            } else {
                groups.add(new ArrayList<>(List.of(one)));
            }
        }
        return groups;
    }

    /** Such as {@code 104 injections at 26 call sites: 1 crash, 2 hang, 101 survived}. */
    public static String summary(ExplorationReport report) {
        List<String> counts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long count = report.results().stream().filter(r -> r.outcome() == outcome).count();
            if (count > 0) {
                counts.add(count + " " + outcome.text());
            }
        }
        String part =
                report.shard().count() == 1
                        ? report.interrupted() ? " of " + report.injections() : ""
                        : String.format(
                                " (shard %d of %d, %d in all)",
                                report.shard().index(),
                                report.shard().count(),
                                report.injections());
        String cut = report.interrupted() ? "interrupted after " : "";
        return cut
                + String.format(
                        Locale.ROOT,
                        "%d injections%s at %d call sites: %s",
                        report.results().size(),
                        part,
                        report.results().stream()
                                .map(Result::site)
                                .collect(Collectors.toSet())
                                .size(),
                        counts.isEmpty() ? "nothing to try" : String.join(", ", counts));
    }

    private static String shortened(String line) {
        return line.length() <= SHOWN_LOG ? line : line.substring(0, SHOWN_LOG) + "...";
    }

    private static String shortStatus(String constant) {
        return constant.startsWith(PREFIX) ? constant.substring(PREFIX.length()) : constant;
    }

    private static int[] widths(List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return widths;
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            text.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
        }
        return text.toString().stripTrailing();
    }
}
