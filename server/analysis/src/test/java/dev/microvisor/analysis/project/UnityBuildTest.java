package dev.microvisor.analysis.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Lints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that another source includes are read as it reads them. */
class UnityBuildTest {
    /** Alone it has neither the header nor the macro. */
    private static final String PART =
            """
            static uint8_t memory[1024] BLOCKS;
            int start(void) {
                mvSystemLedEnable(1);
                return mvServerLoggingInit(memory, sizeof memory) == MV_STATUS_OKAY;
            }
            """;

    @TempDir Path folder;

    @BeforeEach
    void writeSources() throws IOException {
        Files.createDirectories(folder.resolve("parts"));
        Files.writeString(folder.resolve("parts/log.c"), PART);
        Files.writeString(
                folder.resolve("all.c"),
                """
                #include <stdint.h>
                #include "mv_syscalls.h"
                #define BLOCKS __attribute__((aligned(512)))
                #include "parts/log.c"
                """);
    }

    @Test
    void aPartIsReadByItsWhole() {
        assertThat(rules()).containsExactly("log.c:2 unchecked-status");
    }

    @Test
    void aPartOutsideOfTheDatabaseIsReadByItsWhole() throws IOException {
        Files.writeString(
                folder.resolve("compile_commands.json"),
                "[{\"directory\":\"%1$s\",\"file\":\"all.c\",\"command\":\"cc -c all.c\"}]"
                        .formatted(folder));
        assertThat(rules()).containsExactly("log.c:2 unchecked-status");
    }

    @Test
    void aTestThatIncludesASourceDoesNotTakeItAway() throws IOException {
        Files.createDirectories(folder.resolve("test"));
        Files.writeString(
                folder.resolve("led.c"),
                "#include \"mv_syscalls.h\"\nvoid led(void) { mvSystemLedEnable(1); }\n");
        Files.writeString(
                folder.resolve("test/led_test.c"),
                "#define mvSystemLedEnable(on) (void)(on)\n#include \"../led.c\"\n");
        assertThat(rules()).contains("led.c:1 unchecked-status");
    }

    private List<String> rules() {
        return Lints.full(folder).findings().stream().map(UnityBuildTest::brief).toList();
    }

    private static String brief(Finding finding) {
        return "%s:%d %s"
                .formatted(
                        finding.range().file().getFileName(),
                        finding.range().startLine(),
                        finding.rule());
    }
}
