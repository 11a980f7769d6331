package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.microvisor.analysis.settings.Settings;
import dev.microvisor.analysis.settings.SettingsFinder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;

/**
 * What an editor accepts by the schema of {@code microvisor.toml}, this program accepts, too, and
 * the other way round. Names of rules are the exception: the schema does not know them.
 */
class SettingsSchemaTest {
    private static final String EVERYTHING =
            """
            select = ["ALL"]
            ignore = "buffer-size"
            pedantic = true
            exclude = ["third_party", "generated/**"]
            compile-commands = "build"
            [severity]
            buffer-size = "off"
            buffer-alignment = "error"
            [[override]]
            paths = "tests"
            select = ["buffer-size"]
            ignore = ["buffer-alignment"]
            severity = {buffer-size = "hint"}
            [[wrapper]]
            function = "open_channel"
            acquires = ["channel"]
            releases = "channel"
            checks = true
            never-returns = false
            """;

    @TempDir Path folder;

    private boolean readerAccepts(String toml) throws IOException {
        Files.writeString(folder.resolve(Settings.FILE_NAME), toml);
        SettingsFinder finder = new SettingsFinder(Set.of("buffer-size", "buffer-alignment"));
        finder.of(folder.resolve("main.c"));
        return finder.problems().isEmpty();
    }

    private static boolean schemaAccepts(String toml) throws IOException {
        try (InputStream stream = Settings.class.getResourceAsStream("microvisor.schema.json")) {
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(stream);
            return schema.validate(Toml.parse(toml).toJson(), InputFormat.JSON).isEmpty();
        }
    }

    @Test
    void everyKeyIsAcceptedByBoth() throws IOException {
        assertThat(schemaAccepts(EVERYTHING)).isTrue();
        assertThat(readerAccepts(EVERYTHING)).isTrue();
        assertThat(schemaAccepts("")).isTrue();
        assertThat(readerAccepts("")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "selct = []",
                "select = 3",
                "select = [1]",
                "ignore = true",
                "pedantic = 'yes'",
                "exclude = 7",
                "exclude = [['a']]",
                "compile-commands = true",
                "compile-commands = ['build']",
                "severity = 'error'",
                "severity = {buffer-size = 'loud'}",
                "severity = {buffer-size = 1}",
                "override = 3",
                "override = [1]",
                "override = [{}]",
                "override = [{paths = 3}]",
                "override = [{paths = 'a', pedantic = true}]",
                "override = [{paths = 'a', select = 1}]",
                "override = [{paths = 'a', severity = {buffer-size = 'loud'}}]",
                "wrapper = 3",
                "wrapper = [{}]",
                "wrapper = [{function = 3}]",
                "wrapper = [{function = 'f', checks = 'x'}]",
                "wrapper = [{function = 'f', never-returns = 1}]",
                "wrapper = [{function = 'f', acquires = 3}]",
                "wrapper = [{function = 'f', releases = [3]}]",
                "wrapper = [{function = 'f', check = true}]"
            })
    void whatOneRefusesTheOtherRefuses(String toml) throws IOException {
        assertThat(schemaAccepts(toml)).as("schema").isFalse();
        assertThat(readerAccepts(toml)).as("reader").isFalse();
    }
}
