package dev.microvisor.cli.score;

import dev.microvisor.analysis.Finding;
import dev.microvisor.cli.report.MarkdownTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Writes a scorecard: a table by rule, a table by tree, then each label and report that needs a
 * look.
 */
public final class ScoreTable {
    private static final double THOUSAND = 1000.0;

    private ScoreTable() {}

    /**
     * @param trees the folder that paths are written relative to
     */
    public static void write(Scorecard card, Path trees, PrintWriter out) {
        byRule(card, out);
        out.println();
        byTree(card, out);
        if (!card.wrong().isEmpty()) {
            out.println();
            card.wrong().forEach(label -> out.println(line(label)));
        }
        boolean first = true;
        for (Scorecard.Tree tree : card.trees()) {
            for (Finding finding : tree.unlabelled()) {
                if (first) {
                    out.println();
                    first = false;
                }
                out.println(line(finding, trees));
            }
        }
    }

    private static void byRule(Scorecard card, PrintWriter out) {
        MarkdownTable table =
                new MarkdownTable(
                        "rule",
                        "certain defects found",
                        "likely defects found",
                        "certain look-alikes flagged",
                        "likely look-alikes flagged");
        new TreeMap<>(card.rows()).forEach((rule, row) -> add(rule, row, table));
        add("all", card.sum(), table);
        table.write(out);
    }

    private static void add(String name, Scorecard.Row row, MarkdownTable table) {
        table.row(
                name,
                cell(row.certainDefects()),
                cell(row.likelyDefects()),
                cell(row.certainLookAlikes()),
                cell(row.likelyLookAlikes()));
    }

    private static String cell(Scorecard.Count count) {
        return count.labels() == 0 ? "" : count.reported() + " of " + count.labels();
    }

    private static void byTree(Scorecard card, PrintWriter out) {
        MarkdownTable table =
                new MarkdownTable(
                        "tree", "lines", "reports", "unlabelled", "unlabelled per 1,000 lines");
        int lines = 0;
        int reports = 0;
        int unlabelled = 0;
        for (Scorecard.Tree tree : card.trees()) {
            row(tree.name(), tree.lines(), tree.reports(), tree.unlabelled().size(), table);
            lines += tree.lines();
            reports += tree.reports();
            unlabelled += tree.unlabelled().size();
        }
        row("all", lines, reports, unlabelled, table);
        table.write(out);
    }

    private static void row(
            String name, int lines, int reports, int unlabelled, MarkdownTable table) {
        String rate =
                lines == 0 ? "" : String.format(Locale.ROOT, "%.2f", unlabelled * THOUSAND / lines);
        table.row(
                name,
                String.format(Locale.ROOT, "%,d", lines),
                String.valueOf(reports),
                String.valueOf(unlabelled),
                rate);
    }

    private static String line(Label label) {
        return (label.kind() == Label.Kind.DEFECT ? "missed " : "flagged ")
                + (label.certain() ? "certain " : "likely ")
                + (label.kind() == Label.Kind.DEFECT ? "defect " : "look-alike ")
                + label.id()
                + ": "
                + label.tree()
                + "/"
                + label.file()
                + ":"
                + label.line()
                + " ["
                + label.rule()
                + "]";
    }

    private static String line(Finding finding, Path trees) {
        Path file = finding.range().file();
        return "unlabelled: "
                + (file.startsWith(trees) ? trees.relativize(file) : file)
                + ":"
                + (finding.range().startLine() + 1)
                + ": "
                + finding.severity().name().toLowerCase(Locale.ROOT)
                + ": "
                + finding.message()
                + " ["
                + finding.rule()
                + "]";
    }
}
