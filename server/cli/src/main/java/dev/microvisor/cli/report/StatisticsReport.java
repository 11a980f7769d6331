package dev.microvisor.cli.report;

import dev.microvisor.analysis.Finding;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each rule spoke, most often first; the number that can be mended behind it. */
public final class StatisticsReport implements ReportWriter {
    @Override
    public void write(Report report, PrintWriter out) {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Integer> mendable = new TreeMap<>();
        for (Finding finding : report.findings()) {
            counts.merge(finding.rule(), 1, Integer::sum);
            mendable.merge(finding.rule(), finding.fixes().isEmpty() ? 0 : 1, Integer::sum);
        }
        List<Map.Entry<String, Integer>> rows =
                counts.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .toList();
        for (Map.Entry<String, Integer> row : rows) {
            int fixes = mendable.get(row.getKey());
            out.printf(
                    "%6d  %s%s%n",
                    row.getValue(), row.getKey(), fixes == 0 ? "" : " (" + fixes + " with a fix)");
        }
        out.printf(
                "%6d  in %s%n",
                report.findings().size(), Words.count(report.result().files().size(), "file"));
    }
}
