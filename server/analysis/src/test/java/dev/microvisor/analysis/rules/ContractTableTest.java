package dev.microvisor.analysis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.StatusCase;
import dev.microvisor.catalog.SystemCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code CONTRACT.md} speaks of every status of every call, and of rules that there are. */
class ContractTableTest {
    private static final Pattern RULE = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

    /** A row: its cells without the bars. */
    private record Row(List<String> cells) {
        Set<String> rules(int cell) {
            Set<String> rules = new TreeSet<>();
            Matcher match = RULE.matcher(cells.get(cell));
            while (match.find()) {
                rules.add(match.group(1));
            }
            return rules;
        }
    }

    @Test
    void everyStatusOfEveryCallHasItsRow() throws IOException {
        List<String> wanted = new ArrayList<>();
        for (SystemCall call : Catalog.bundled().calls()) {
            for (StatusCase status : call.statuses()) {
                wanted.add(call.name() + " " + status.status().replace("MV_STATUS_", ""));
            }
        }
        assertThat(rows("Statuses").stream().map(r -> r.cells().get(0) + " " + r.cells().get(1)))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void everyRowNamesRulesThatExistOrSaysWhyThereIsNone() throws IOException {
        for (String heading : List.of("Statuses", "Hazards", "Deprecations")) {
            for (Row row : rows(heading)) {
                int last = row.cells().size() - 1;
                Set<String> rules = row.rules(last - 1);
                assertThat(rules.isEmpty() && row.cells().get(last).isEmpty())
                        .as("neither rule nor reason: " + row)
                        .isFalse();
                rules.addAll(row.rules(last));
                assertThat(rules).allMatch(id -> Rules.find(id).isPresent(), "is a rule");
            }
        }
    }

    @Test
    void everyDeprecatedCallIsReported() throws IOException {
        String names =
                String.join(" ", rows("Deprecations").stream().map(r -> r.cells().get(0)).toList());
        for (SystemCall call : Catalog.bundled().calls()) {
            if (call.deprecated().isPresent()) {
                assertThat(names).contains(call.name());
            }
        }
    }

    private static List<Row> rows(String heading) throws IOException {
        Path file =
                Path.of(System.getProperty("microvisor.root", "../.."))
                        .resolve("server/analysis/CONTRACT.md");
        List<Row> rows = new ArrayList<>();
        boolean inside = false;
        int table = 0;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("## ")) {
                inside = line.equals("## " + heading);
                table = 0;
            }
            if (inside && line.startsWith("|") && table++ >= 2) {
                String inner = line.substring(1, line.length() - 1);
                rows.add(
                        new Row(
                                Pattern.compile("\\|")
                                        .splitAsStream(inner + " |")
                                        .map(String::strip)
                                        .toList()));
            }
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }
}
