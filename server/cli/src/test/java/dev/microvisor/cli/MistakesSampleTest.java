package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.analysis.Linter;
import dev.microvisor.analysis.rules.Rule;
import dev.microvisor.analysis.rules.Rules;
import dev.microvisor.catalog.Catalog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The sample {@code mistakes} has each rule's mistake, marked, and nothing else to find. */
class MistakesSampleTest {
    private static final Pattern MARK = Pattern.compile("// expect: ([a-z0-9, -]+)$");

    private final Path sample =
            Path.of(System.getProperty("microvisor.root", "../.."))
                    .resolve("samples/firmware/mistakes");

    @Test
    void eachMistakeIsFoundWhereItIsMarkedAndNothingElseIs() throws IOException {
        assertThat(found(sample)).isEqualTo(marked());
    }

    @Test
    void eachRuleHasAMark() throws IOException {
        Set<String> rules = new TreeSet<>();
        for (String mark : marked()) {
            rules.add(mark.substring(mark.indexOf(' ') + 1));
        }
        Set<String> all = new TreeSet<>();
        for (Rule rule : Rules.all()) {
            all.add(rule.info().id());
        }
        assertThat(rules).isEqualTo(all);
    }

    /** Each sample has a main of its own; none may be taken for part of another. */
    @Test
    void eachMistakeIsFoundAmongAllSamples() throws IOException {
        Set<String> expected = new TreeSet<>();
        marked().forEach(mark -> expected.add("mistakes/" + mark));
        assertThat(found(sample.getParent())).isEqualTo(expected);
    }

    private Set<String> marked() throws IOException {
        Set<String> marked = new TreeSet<>();
        try (var files = Files.list(sample)) {
            for (Path file : files.filter(f -> f.toString().matches(".*\\.(c|cpp|h)")).toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    Matcher mark = MARK.matcher(lines.get(i));
                    if (mark.find()) {
                        for (String rule : mark.group(1).split(", *")) {
                            marked.add(file.getFileName() + ":" + (i + 1) + " " + rule);
                        }
                    }
                }
            }
        }
        assertThat(marked).isNotEmpty();
        return marked;
    }

    private static Set<String> found(Path folder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new ByteArrayInputStream(new byte[0]),
                        out,
                        err,
                        Map.of(),
                        folder.toAbsolutePath().normalize());
        new Main(console, () -> new Linter(Catalog.bundled())::lint, RuleBook::bundled)
                .run("lint", "--pedantic", "--format", "json");
        Set<String> found = new TreeSet<>();
        JsonObject report =
                JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
        for (JsonElement element : report.getAsJsonArray("findings")) {
            JsonObject finding = element.getAsJsonObject();
            JsonObject start = finding.getAsJsonObject("range").getAsJsonObject("start");
            found.add(
                    finding.get("file").getAsString()
                            + ":"
                            + start.get("line").getAsInt()
                            + " "
                            + finding.get("rule").getAsString());
        }
        return found;
    }
}
