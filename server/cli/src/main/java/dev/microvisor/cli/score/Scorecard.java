package dev.microvisor.cli.score;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.cli.report.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The labels held against the findings. Filled tree by tree, by one thread. */
public final class Scorecard {
    /** Part of the certain defects that a linter should find. */
    private static final double WANTED = 0.95;

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<Label> wrong = new ArrayList<>();
    private final List<Tree> trees = new ArrayList<>();

    /** Of labels of one sort: how many drew a report. */
    public record Count(int reported, int labels) {
        Count plus(Count other) {
            return new Count(reported + other.reported, labels + other.labels);
        }
    }

    /** What the labels say of one rule. */
    public record Row(
            Count certainDefects,
            Count likelyDefects,
            Count certainLookAlikes,
            Count likelyLookAlikes) {
        static final Row EMPTY =
                new Row(new Count(0, 0), new Count(0, 0), new Count(0, 0), new Count(0, 0));

        Row plus(Row other) {
            return new Row(
                    certainDefects.plus(other.certainDefects),
                    likelyDefects.plus(other.likelyDefects),
                    certainLookAlikes.plus(other.certainLookAlikes),
                    likelyLookAlikes.plus(other.likelyLookAlikes));
        }

        private static Row of(Label label, boolean reported) {
            Count one = new Count(reported ? 1 : 0, 1);
            Count none = new Count(0, 0);
            boolean defect = label.kind() == Label.Kind.DEFECT;
            return new Row(
                    defect && label.certain() ? one : none,
                    defect && !label.certain() ? one : none,
                    !defect && label.certain() ? one : none,
                    !defect && !label.certain() ? one : none);
        }
    }

    /**
     * One tree.
     *
     * @param lines of application code
     * @param reports all that was reported
     * @param unlabelled the reports that no label speaks of
     */
    public record Tree(String name, int lines, int reports, List<Finding> unlabelled) {
        public Tree {
            unlabelled = List.copyOf(unlabelled);
        }
    }

    /**
     * Judges what was found in one tree.
     *
     * @throws IOException when the tree cannot be listed
     */
    public void add(String name, Path root, List<Label> labels, LintResult found)
            throws IOException {
        List<Finding> findings = found.findings();
        int lines = ApplicationCode.lines(found.files(), new Sources(Map.of()));
        Set<Finding> explained = new HashSet<>();
        for (Label label : labels) {
            List<Finding> hits = findings.stream().filter(f -> speaksOf(f, label, root)).toList();
            explained.addAll(hits);
            rows.merge(label.rule(), Row.of(label, !hits.isEmpty()), Row::plus);
            if (hits.isEmpty() == (label.kind() == Label.Kind.DEFECT)) {
                wrong.add(label);
            }
        }
        List<Finding> unlabelled = findings.stream().filter(f -> !explained.contains(f)).toList();
        trees.add(new Tree(name, lines, findings.size(), unlabelled));
    }

    private static boolean speaksOf(Finding finding, Label label, Path root) {
        return finding.rule().equals(label.rule())
                && finding.range().file().equals(root.resolve(label.file()).normalize())
                && label.lines().contains(finding.range().startLine() + 1);
    }

    /** By rule, sorted. */
    public Map<String, Row> rows() {
        return Map.copyOf(rows);
    }

    /** All rules together. */
    public Row sum() {
        return rows.values().stream().reduce(Row.EMPTY, Row::plus);
    }

    /** Defects that were missed and look-alikes that were flagged, in the order of the labels. */
    public List<Label> wrong() {
        return List.copyOf(wrong);
    }

    public List<Tree> trees() {
        return List.copyOf(trees);
    }

    /** Whether enough certain defects were found and no certain look-alike was flagged. */
    public boolean passes() {
        Row sum = sum();
        return sum.certainDefects().reported() >= WANTED * sum.certainDefects().labels()
                && sum.certainLookAlikes().reported() == 0;
    }
}
