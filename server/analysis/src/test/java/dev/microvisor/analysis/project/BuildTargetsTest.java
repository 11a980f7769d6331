package dev.microvisor.analysis.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Lints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executables whose sources lie in one folder; the buffer of the second is not aligned. */
class BuildTargetsTest {
    private static final String MAIN =
            """
            #include "mv_syscalls.h"
            extern uint8_t log_buffer[512];
            int main(void) {
                return mvServerLoggingInit(log_buffer, 512) == MV_STATUS_OKAY ? 0 : 1;
            }
            """;

    @TempDir Path folder;

    @BeforeEach
    void sources() throws IOException {
        Files.writeString(
                folder.resolve("one_log.c"),
                "unsigned char log_buffer[512] __attribute__((aligned(512)));\n");
        Files.writeString(folder.resolve("two_log.c"), "unsigned char log_buffer[512];\n");
        Files.writeString(folder.resolve("one_main.c"), MAIN);
        Files.writeString(folder.resolve("two_main.c"), MAIN);
    }

    /**
     * @param output of a file, with %1$s for the executable and %2$s for the file
     */
    private List<String> rules(String output) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            for (String file : List.of(name + "_log.c", name + "_main.c")) {
                entries.add(
                        "{\"directory\": \"%s\", \"file\": \"%s\", \"command\": \"cc %s -c %s\"}"
                                .formatted(folder, file, output.formatted(name, file), file));
            }
        }
        Files.writeString(folder.resolve("compile_commands.json"), entries.toString());
        return Lints.full(folder).findings().stream().map(Finding::rule).toList();
    }

    @Test
    void cmakesTargetsTellThemApart() throws IOException {
        assertThat(rules("-o CMakeFiles/%1$s.dir/%2$s.obj")).contains("buffer-alignment");
    }

    @Test
    void withoutTargetsOneDefinitionIsTakenForBoth() throws IOException {
        assertThat(rules("-o %2$s.obj")).doesNotContain("buffer-alignment");
    }

    @Test
    void aTargetIsNamedWithTheFolderThatDefinesIt() {
        assertThat(target("-o", "app/CMakeFiles/app.dir/main.c.obj")).contains("/b/app/app");
        assertThat(target("-o", "CMakeFiles/app.dir/src/main.c.obj")).contains("/b/app");
        assertThat(target("-o", "main.o")).isEmpty();
        assertThat(target()).isEmpty();
    }

    private static Optional<String> target(String... words) {
        String output = words.length < 2 ? "" : words[1];
        return new CompileCommand(Path.of("/b"), Path.of("/s/main.c"), List.of(words), output)
                .target();
    }
}
