package dev.microvisor.emulator.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * The models of I2C devices that a cloud file may name. They are tables of {@code i2c-models.toml},
 * which say what an {@code [[i2c]]} of a cloud file may say.
 */
final class I2cModels {
    private static final String FILE = "i2c-models.toml";

    private final TomlParseResult tables;
    private final Problems problems = new Problems(FILE);

    private I2cModels(TomlParseResult tables) {
        this.tables = tables;
    }

    static I2cModels read() {
        try (InputStream in = I2cModels.class.getResourceAsStream(FILE)) {
            TomlParseResult tables = Toml.parse(in);
            if (tables.hasErrors()) {
                throw new IllegalStateException(FILE + ": " + tables.errors());
            }
            return new I2cModels(tables);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    /** In alphabetical order. */
    List<String> names() {
        return tables.keySet().stream().sorted().toList();
    }

    /** True when what a model says made no sense together with what the device says. */
    boolean isContradicted() {
        return !problems.isEmpty();
    }

    /** What a model says, for one reader. */
    Optional<Section> section(String name) {
        return new Section(FILE, tables, null, problems).section(name);
    }
}
