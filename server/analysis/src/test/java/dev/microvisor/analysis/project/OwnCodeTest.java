package dev.microvisor.analysis.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers are the project's own when only its folder of sources is asked for. */
class OwnCodeTest {
    @TempDir Path above;
    private Path project;

    @BeforeEach
    void writeTheProject() throws IOException {
        project = above.resolve("project");
        write("project/src/main.c");
        write("project/inc/app.h");
        write("elsewhere/other.h");
    }

    @Test
    void withoutAnyMarkTheFolderBesideIsForeign() {
        assertThat(ownCode().test(project.resolve("inc/app.h"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git",
                "microvisor.toml",
                "compile_commands.json",
                "build/compile_commands.json",
                "compile_flags.txt"
            })
    void aMarkAboveTheSourcesTellsWhereTheProjectBegins(String mark) throws IOException {
        write("project/" + mark);
        OwnCode own = ownCode();
        assertThat(own.roots()).contains(project).doesNotContain(above);
        assertThat(own.test(project.resolve("inc/app.h"))).isTrue();
        assertThat(own.test(above.resolve("elsewhere/other.h"))).isFalse();
    }

    @Test
    void aDatabaseBesideTheSourcesDoesNotEndTheRepository() throws IOException {
        write("project/src/compile_commands.json");
        write("project/.git");
        assertThat(ownCode().test(project.resolve("inc/app.h"))).isTrue();
    }

    private OwnCode ownCode() {
        Path main = project.resolve("src/main.c");
        CompilerFlags flags =
                CompilerFlags.of(
                        new CompileCommand(main.getParent(), main, List.of("cc"), "main.o"));
        return new OwnCode(Map.of(main, flags), List.of(project.resolve("src")));
    }

    private void write(String name) throws IOException {
        Path file = above.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
