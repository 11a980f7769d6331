package dev.microvisor.analysis.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Set<String> RULES =
            Set.of("buffer-size", "channel-leak", "log-before-init");

    @TempDir Path folder;

    @Test
    void everyKeyIsRead() {
        Settings settings =
                read(
                        """
                        select = ["buffer-size", "channel-leak"]
                        ignore = "log-before-init"
                        pedantic = true
                        exclude = ["third_party/**"]
                        compile-commands = "build"
                        [severity]
                        channel-leak = "note"
                        [[override]]
                        paths = ["tests/"]
                        ignore = ["ALL"]
                        [[wrapper]]
                        function = "open_it"
                        acquires = "channel"
                        never-returns = true
                        """);
        assertThat(settings.pedantic()).isTrue();
        assertThat(settings.compileCommands()).contains(folder.resolve("build"));
        assertThat(settings.rules().severity()).containsEntry("channel-leak", Level.NOTE);
        assertThat(settings.excludes(folder.resolve("third_party/a/b.c"))).isTrue();
        assertThat(settings.excludes(folder.resolve("src/third_party/b.c"))).isFalse();
        assertThat(decide(settings, "tests/x.c", "buffer-size")).isEmpty();
        assertThat(settings.wrappers())
                .containsExactly(
                        new Wrapper("open_it", List.of("channel"), List.of(), false, true));
    }

    @Test
    void anOverrideHoldsForItsPathsOnly() {
        Settings settings = read("[[override]]\npaths = [\"tests\"]\nignore = [\"buffer-size\"]\n");
        assertThat(decide(settings, "tests/a.c", "buffer-size")).isEmpty();
        assertThat(decide(settings, "lib/tests/a.c", "buffer-size")).isEmpty();
        assertThat(decide(settings, "src/a.c", "buffer-size")).contains(Severity.WARNING);
    }

    @Test
    void selectOfAnOverrideReplacesAndBringsBackWhatWasIgnored() {
        Settings settings =
                read(
                        """
                        ignore = ["buffer-size"]
                        [[override]]
                        paths = ["src"]
                        select = ["buffer-size"]
                        """);
        assertThat(decide(settings, "a.c", "buffer-size")).isEmpty();
        assertThat(decide(settings, "src/a.c", "buffer-size")).contains(Severity.WARNING);
        assertThat(decide(settings, "src/a.c", "channel-leak")).isEmpty();
    }

    @Test
    void aSeverityOfOffSilencesAndAHintIsHeardOnlyByName() {
        Settings settings = read("[severity]\nbuffer-size = \"off\"\nchannel-leak = \"hint\"\n");
        assertThat(decide(settings, "a.c", "buffer-size")).isEmpty();
        assertThat(decide(settings, "a.c", "channel-leak")).isEmpty();
        RuleChoice byName = new RuleChoice(List.of("channel-leak"), List.of(), java.util.Map.of());
        assertThat(
                        settings.rulesFor(folder.resolve("a.c"))
                                .refinedBy(byName)
                                .decide("channel-leak", Severity.WARNING, false))
                .contains(Severity.HINT);
    }

    @Test
    void everyMistakeIsNamedWithItsLineAndAWayOut() {
        checkProblem("ignroe = []", 0, "unknown key 'ignroe'", "did you mean 'ignore'?");
        checkProblem("\nselect = [\"bufer-size\"]", 1, "unknown rule", "'buffer-size'?");
        checkProblem("pedantic = 1", 0, "wrong type", "true or false");
        checkProblem("select = [1]", 0, "wrong type", "list of texts");
        checkProblem("[severity]\nbuffer-size = \"loud\"", 1, "no such severity", "off, hint");
        checkProblem("severity = 3", 0, "wrong type", "[severity]");
        checkProblem("wrapper = 3", 0, "wrong type", "[[wrapper]]");
        checkProblem("exclude = [\"a[\"]", 0, "no path pattern", ".gitignore");
        checkProblem("a = = b", 0, "", "TOML syntax");
    }

    @Test
    void aWrapperWithoutAFunctionIsRefused() {
        assertThat(problems("[[wrapper]]\nchecks = true\n"))
                .anySatisfy(p -> assertThat(p.what()).contains("no function"));
    }

    @Test
    void theSchemaKnowsTheSameKeysAndSeverities() throws IOException {
        JsonObject schema;
        try (InputStream stream = Settings.class.getResourceAsStream("microvisor.schema.json")) {
            schema =
                    JsonParser.parseString(
                                    new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                            .getAsJsonObject();
        }
        JsonObject top = schema.getAsJsonObject("properties");
        assertThat(top.keySet()).isEqualTo(SettingsReader.TOP_KEYS);
        assertThat(keys(top, "override")).isEqualTo(SettingsReader.OVERRIDE_KEYS);
        assertThat(keys(top, "wrapper")).isEqualTo(SettingsReader.WRAPPER_KEYS);
        assertThat(
                        schema.getAsJsonObject("definitions")
                                .getAsJsonObject("severity")
                                .getAsJsonObject("additionalProperties")
                                .getAsJsonArray("enum"))
                .extracting(JsonElement::getAsString)
                .containsExactlyElementsOf(Level.words());
    }

    private static Set<String> keys(JsonObject properties, String array) {
        return properties
                .getAsJsonObject(array)
                .getAsJsonObject("items")
                .getAsJsonObject("properties")
                .keySet();
    }

    @Test
    void theNearestFileDecides() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("microvisor.toml"), "pedantic = true\n");
        Files.writeString(folder.resolve("a/microvisor.toml"), "");
        SettingsFinder finder = new SettingsFinder(RULES);
        assertThat(finder.of(folder.resolve("x.c")).pedantic()).isTrue();
        assertThat(finder.of(folder.resolve("a/b/x.c")).pedantic()).isFalse();
        assertThat(SettingsFinder.isolated().of(folder.resolve("x.c")).pedantic()).isFalse();
    }

    @Test
    void aFileThatIsNoTextIsAProblemAndNotACrash() throws IOException {
        Path file = folder.resolve("microvisor.toml");
        Files.write(file, new byte[] {(byte) 0xFF, 0});
        assertThat(new SettingsReader(RULES).read(file).problems()).hasSize(1);
    }

    private java.util.Optional<Severity> decide(Settings settings, String file, String rule) {
        return settings.rulesFor(folder.resolve(file)).decide(rule, Severity.WARNING, false);
    }

    private Settings read(String text) {
        SettingsReader.Parsed parsed =
                new SettingsReader(RULES).parse(folder.resolve("microvisor.toml"), text);
        assertThat(parsed.problems()).isEmpty();
        return parsed.settings();
    }

    private List<Problem> problems(String text) {
        return new SettingsReader(RULES).parse(folder.resolve("microvisor.toml"), text).problems();
    }

    private void checkProblem(String text, int line, String what, String advice) {
        assertThat(problems(text))
                .as(text)
                .anySatisfy(
                        p -> {
                            assertThat(p.line()).contains(line);
                            assertThat(p.what()).contains(what);
                            assertThat(p.advice()).contains(advice);
                        });
    }
}
