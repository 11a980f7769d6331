package dev.microvisor.dap.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchOptionsTest {
    @Test
    void relativePathsStartAtTheWorkingFolder() throws CannotRun {
        LaunchOptions options =
                LaunchOptions.read(Map.of("program", "app.elf", "cloud", "c.toml", "cwd", "/w"));
        assertThat(options.program()).isEqualTo(Path.of("/w/app.elf").toAbsolutePath());
        assertThat(options.cloud()).contains(Path.of("/w/c.toml").toAbsolutePath());
    }

    @Test
    void withoutFurtherAttributesItStopsAtMainOnly() throws CannotRun {
        LaunchOptions options = LaunchOptions.read(Map.of("program", "app.elf"));
        assertThat(options.stopAtMain()).isTrue();
        assertThat(options.stopOnEntry()).isFalse();
        assertThat(options.showSecrets()).isFalse();
    }

    @Test
    void attributesOfClientsAreIgnored() throws CannotRun {
        assertThat(LaunchOptions.read(Map.of("program", "a", "__sessionId", 7, "name", "x")))
                .isNotNull();
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThatThrownBy(() -> LaunchOptions.read(Map.of()))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("\"program\"");
    }

    @Test
    void anAttributeOfTheWrongTypeIsNamed() {
        assertThatThrownBy(() -> LaunchOptions.read(Map.of("program", "a", "trace", "yes")))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("\"trace\"")
                .hasMessageContaining("yes");
        assertThatThrownBy(() -> LaunchOptions.read(Map.of("program", "a", "sourceMap", "x")))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("\"sourceMap\"");
    }
}
