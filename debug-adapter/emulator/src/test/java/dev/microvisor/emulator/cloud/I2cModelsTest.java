package dev.microvisor.emulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.emulator.cloud.hardware.I2cDevice;
import dev.microvisor.emulator.cloud.hardware.Quantity;
import dev.microvisor.emulator.cloud.hardware.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The library of I2C devices, and what a cloud file says about them. */
class I2cModelsTest {
    static Iterable<String> names() {
        return I2cModels.read().names();
    }

    private static I2cDevice device(String toml) throws CloudFileException {
        return CloudFile.parse(toml, "test.toml", Path.of("")).hardware().i2c().get(0);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyModelIsADeviceWithoutAnotherWord(String name) throws CloudFileException {
        I2cDevice device = device("[[i2c]]\nbus = \"I2C1\"\nmodel = \"" + name + "\"\n");
        assertThat(device.address()).isBetween(0x08, 0x77);
        for (Quantity quantity : device.model().quantities()) {
            boolean inReply =
                    device.model().replies().stream()
                            .map(Reply::measures)
                            .anyMatch(m -> m.contains(quantity.name()));
            assertThat(quantity.place().isPresent() || inReply).as(quantity.name()).isTrue();
        }
    }

    /** The table of I2C.md has a row for each model, with its address and what it measures. */
    @ParameterizedTest
    @MethodSource("names")
    void everyModelIsDocumented(String name) throws CloudFileException, IOException {
        I2cDevice device = device("[[i2c]]\nbus = \"I2C1\"\nmodel = \"" + name + "\"\n");
        String quantities =
                device.model().quantities().stream()
                        .map(q -> "`" + q.name() + "`")
                        .collect(Collectors.joining(", "));
        String row =
                String.format(
                                Locale.ROOT,
                                "| `%s` | 0x%02X | %s |",
                                name,
                                device.address(),
                                quantities)
                        .replace("|  |", "| |");
        assertThat(Files.readString(Path.of("I2C.md"))).contains(row);
    }

    @Test
    void whatTheTableSaysComesBeforeTheModel() throws CloudFileException {
        I2cDevice device =
                device(
                        """
                        [[i2c]]
                        bus = "I2C2"
                        model = "mcp9808"
                        address = 0x1F
                        registers = { 7 = 0x0401 }
                        temperature_c = 3
                        """);
        assertThat(device.address()).isEqualTo(0x1F);
        assertThat(device.model().registers()).containsEntry(15, 1).containsEntry(13, 0x54);
        assertThat(device.measured()).containsEntry("temperature_c", 3.0);
    }

    @Test
    void aModelThatIsNotThereIsRefusedWithOneThatIs() {
        assertThatThrownBy(() -> device("[[i2c]]\nbus = \"I2C1\"\nmodel = \"MCP9880\"\n"))
                .isInstanceOf(CloudFileException.class)
                .hasMessageContaining("did you mean \"MCP9808\"?");
    }

    @Test
    void aQuantityThatTheModelDoesNotHaveIsAnUnknownKey() {
        assertThatThrownBy(
                        () ->
                                device(
                                        "[[i2c]]\nbus = \"I2C1\"\nmodel = \"MCP9808\"\n"
                                                + "humidity_percent = 4\n"))
                .hasMessageContaining("unknown key \"humidity_percent\"");
    }

    @Test
    void whatCannotHappenAtTwoPinsIsRefused() {
        assertThatThrownBy(
                        () ->
                                CloudFile.parse(
                                        "[[i2c_fault]]\nbus = \"PB8/PB9\"\nerror ="
                                                + " \"arbitration\"\n",
                                        "test.toml",
                                        Path.of("")))
                .hasMessageContaining("moves by itself");
        assertThatThrownBy(
                        () ->
                                device(
                                        "[[i2c]]\nbus = \"PB8/PB9\"\naddress = 0x151\nten_bits ="
                                                + " true\n"))
                .hasMessageContaining("7 bits");
    }

    @Test
    void aTableThatContradictsItsModelIsRefused() {
        assertThatThrownBy(
                        () ->
                                device(
                                        "[[i2c]]\nbus = \"I2C1\"\nmodel = \"MCP9808\"\n"
                                                + "value_bytes = 1\n"))
                .hasMessageContaining("contradict");
    }
}
