package dev.microvisor.analysis;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares findings with hand-made labels, rule by rule.
 *
 * <p>Labels are JSON objects with {@code repo}, {@code file}, {@code line} (from 1), {@code
 * accept_lines}, {@code rule}, {@code kind} ({@code defect} or {@code clean-trap}) and {@code
 * certainty}. The tree of {@code owner/name} is the folder {@code name}; submodules must be laid
 * out in it.
 */
public final class LabelScore {
    /** Names under which labels know a rule. */
    private static final Map<String, String> ALIASES = Map.of("stack-buffer", "buffer-lifetime");

    private final Map<String, List<Finding>> findings = new HashMap<>();
    private final Map<String, int[]> table = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();
    private final Set<Finding> explained = new HashSet<>();
    private final Path trees;

    private LabelScore(Path trees) {
        this.trees = trees;
    }

    /** Arguments: the labels file, the folder of trees, and optionally {@code --all}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: LabelScore LABELS.json TREES [--all]");
            System.exit(2);
        }
        LabelScore score = new LabelScore(Path.of(arguments[1]));
        JsonArray labels =
                JsonParser.parseString(Files.readString(Path.of(arguments[0]))).getAsJsonArray();
        for (JsonElement label : labels) {
            score.judge(label.getAsJsonObject());
        }
        score.print(arguments.length > 2);
    }

    private void judge(JsonObject label) {
        String repo = label.get("repo").getAsString();
        String name = repo.substring(repo.lastIndexOf('/') + 1);
        Path root = trees.resolve(name).toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            misses.add("no tree: " + root);
            return;
        }
        List<Finding> found = findings.computeIfAbsent(name, n -> lint(root));
        String rule = label.get("rule").getAsString();
        String own = ALIASES.getOrDefault(rule, rule);
        Path file = root.resolve(label.get("file").getAsString());
        Set<Integer> lines = new HashSet<>();
        lines.add(label.get("line").getAsInt());
        if (label.has("accept_lines")) {
            label.getAsJsonArray("accept_lines").forEach(l -> lines.add(l.getAsInt()));
        }
        boolean hit = false;
        for (Finding finding : found) {
            if (finding.rule().equals(own)
                    && finding.range().file().equals(file)
                    && lines.contains(finding.range().startLine() + 1)) {
                hit = true;
                explained.add(finding);
            }
        }
        boolean defect = label.get("kind").getAsString().equals("defect");
        boolean certain = label.get("certainty").getAsString().equals("certain");
        int[] row = table.computeIfAbsent(rule, r -> new int[8]);
        int column = (defect ? 0 : 4) + (certain ? 0 : 2);
        row[column + (hit ? 0 : 1)]++;
        if (hit != defect) {
            misses.add(
                    (defect ? "missed " : "FALSE  ")
                            + (certain ? "certain " : "likely  ")
                            + label.get("id").getAsString()
                            + " "
                            + name
                            + "/"
                            + label.get("file").getAsString()
                            + ":"
                            + label.get("line").getAsInt()
                            + " "
                            + rule);
        }
    }

    private static List<Finding> lint(Path root) {
        LintResult result =
                new Linter(Catalog.bundled())
                        .lint(
                                new LintRequest(
                                        List.of(root),
                                        Optional.empty(),
                                        Map.of(),
                                        LintRequest.Depth.FULL,
                                        Runtime.getRuntime().availableProcessors()),
                                CancelToken.NEVER);
        result.problems()
                .forEach(p -> System.err.println(p.where() + ": " + p.what() + " " + p.line()));
        return result.findings();
    }

    private void print(boolean all) {
        System.out.printf(
                "%-34s %15s %15s %15s %15s%n",
                "rule", "certain defects", "likely defects", "certain traps", "likely traps");
        int[] sum = new int[8];
        table.forEach(
                (rule, row) -> {
                    print(rule, row);
                    for (int i = 0; i < row.length; i++) {
                        sum[i] += row[i];
                    }
                });
        print("all", sum);
        misses.forEach(System.out::println);
        if (all) {
            findings.forEach(
                    (name, list) ->
                            list.stream()
                                    .filter(f -> !explained.contains(f))
                                    .forEach(
                                            f ->
                                                    System.out.println(
                                                            "unlabelled "
                                                                    + f.range().file()
                                                                    + ":"
                                                                    + (f.range().startLine() + 1)
                                                                    + " "
                                                                    + f.severity()
                                                                    + " "
                                                                    + f.message()
                                                                    + " ["
                                                                    + f.rule()
                                                                    + "]")));
        }
    }

    private static void print(String rule, int[] row) {
        System.out.printf(
                "%-34s %15s %15s %15s %15s%n",
                rule,
                row[0] + " of " + (row[0] + row[1]),
                row[2] + " of " + (row[2] + row[3]),
                row[4] + " of " + (row[4] + row[5]),
                row[6] + " of " + (row[6] + row[7]));
    }
}
