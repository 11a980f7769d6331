package dev.microvisor.analysis.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Lints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in each way it is compiled, and a header with a file that includes it. */
class ConfigurationsTest {
    private static final String LED =
            """
            #include "mv_syscalls.h"
            #include "led.h"
            void led(void) {
            #ifdef BOARD_B
                mvSystemLedEnable(1);
            #else
                (void)mvSystemLedEnable(0);
            #endif
            }
            """;

    /** Says nothing without the includes of led.c. */
    private static final String HEADER =
            """
            static inline void off(enum MvStatus *status) {
                *status = mvSystemLedEnable(0);
                mvSystemLedEnable(0);
            }
            """;

    @TempDir Path folder;

    @BeforeEach
    void writeSources() throws IOException {
        Files.writeString(folder.resolve("led.c"), LED);
        Files.writeString(folder.resolve("led.h"), HEADER);
        Files.writeString(folder.resolve("other.c"), "#include \"led.h\"\nint other;\n");
    }

    @Test
    void theFirstWayIsNotTheOnlyOne() throws IOException {
        database(entry("led.c", "-DBOARD_A"));
        assertThat(lines(lint("led.c"))).isEmpty();
        database(entry("led.c", "-DBOARD_A"), entry("led.c", "-DBOARD_B"));
        assertThat(lines(lint("led.c"))).containsExactly(4);
    }

    @Test
    void whatBothWaysShowIsReportedOnce() throws IOException {
        database(entry("led.c", "-DBOARD_B"), entry("led.c", "-DBOARD_B", "-DX"));
        assertThat(lines(lint("led.c"))).containsExactly(4);
    }

    @Test
    void aHeaderIsReadWithTheSourceNamedLikeIt() throws IOException {
        database(entry("other.c"), entry("led.c"));
        LintResult result = lint("led.h");
        assertThat(result.files()).containsExactly(folder.resolve("led.h"));
        assertThat(lines(result)).containsExactly(2);
    }

    private static String entry(String file, String... flags) {
        return "{\"directory\": \".\", \"file\": \"%s\", \"command\": \"cc %s\"}"
                .formatted(file, String.join(" ", flags));
    }

    private void database(String... entries) throws IOException {
        Files.writeString(
                folder.resolve("compile_commands.json"), "[" + String.join(",", entries) + "]");
    }

    private LintResult lint(String file) {
        return Lints.full(folder.resolve(file));
    }

    private static List<Integer> lines(LintResult result) {
        assertThat(result.findings())
                .extracting(Finding::rule)
                .allMatch("unchecked-status"::equals);
        return result.findings().stream().map(f -> f.range().startLine()).toList();
    }
}
