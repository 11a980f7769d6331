package dev.microvisor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A linter that remembers finds what one that forgets finds, whatever was edited in between. */
class RememberingTest {
    private static final String MAIN =
            """
            #include "mv_syscalls.h"
            #include "vendor.h"
            #define SIZE 1024
            static uint8_t log_buffer[SIZE] PLACED;
            void start(void) {
                if (mvServerLoggingInit(log_buffer, sizeof(log_buffer)) != MV_STATUS_OKAY) {
                    return;
                }
            }
            """;

    @TempDir Path folder;
    private Path main;
    private Path vendor;
    private final Linter linter = Linter.remembering(Catalog.bundled());

    @BeforeEach
    void program() throws IOException {
        main = folder.resolve("src/main.c");
        vendor = folder.resolve("vendor/vendor.h");
        Files.createDirectories(main.getParent());
        Files.createDirectories(vendor.getParent());
        Files.writeString(main, MAIN);
        vendorSays("#define PLACED\n#define LATER __attribute__((aligned(512)))\n");
        Files.writeString(
                folder.resolve("compile_commands.json"),
                """
                [{"directory": "%s", "file": "src/main.c", "command": "cc -isystem vendor -c src/main.c"}]
                """
                        .formatted(folder));
    }

    private void vendorSays(String text) throws IOException {
        Files.writeString(vendor, text);
    }

    /** The findings, which are those of a linter without a memory. */
    private List<String> rules(String text) {
        LintResult remembered = Lints.of(linter, main, text, LintRequest.Depth.FULL);
        assertThat(remembered).isEqualTo(Lints.of(main, text, LintRequest.Depth.FULL));
        return remembered.findings().stream().map(Finding::rule).toList();
    }

    @Test
    void aMacroThatNobodyMentionedComesBackWhenSomebodyDoes() {
        assertThat(rules(MAIN)).contains("buffer-alignment");
        assertThat(rules(MAIN.replace("PLACED", "LATER"))).doesNotContain("buffer-alignment");
        assertThat(rules(MAIN)).contains("buffer-alignment");
    }

    @Test
    void aHeaderThatChangesOnDiskIsReadAnew() throws IOException {
        assertThat(rules(MAIN)).contains("buffer-alignment");
        vendorSays("#define PLACED __attribute__((aligned(512)))\n");
        assertThat(rules(MAIN)).doesNotContain("buffer-alignment");
        vendorSays("#define PLACED\n");
        Files.setLastModifiedTime(vendor, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(rules(MAIN)).contains("buffer-alignment");
        Files.delete(vendor);
        rules(MAIN);
    }

    @Test
    void typingLeavesNothingBehind() {
        List<String> before = rules(MAIN);
        String typed = "#define SIZE 512\nint PLA";
        for (int i = 1; i <= typed.length(); i++) {
            rules(MAIN.replace("#define SIZE 1024", typed.substring(0, i)));
        }
        assertThat(rules(MAIN)).isEqualTo(before);
    }

    @Test
    void noConfigurationOfAFileIsReadTwice() throws IOException {
        Files.writeString(
                folder.resolve("compile_commands.json"),
                """
                [{"directory": "%1$s", "file": "src/main.c", "command": "cc -isystem vendor -c src/main.c"},
                 {"directory": "%1$s", "file": "src/main.c", "command": "cc -DDEBUG -isystem vendor -c src/main.c"}]
                """
                        .formatted(folder));
        assertThat(read()).isEqualTo(2);
        assertThat(read()).isZero();
    }

    /** How many units a look at the file has to read. */
    private int read() {
        AtomicInteger units = new AtomicInteger();
        LintObserver observer =
                new LintObserver() {
                    @Override
                    public void parsed(int files, int of) {
                        units.incrementAndGet();
                    }
                };
        LintRequest request =
                new LintRequest(
                        List.of(main), Optional.empty(), Map.of(), LintRequest.Depth.FULL, 1);
        assertThat(linter.lint(request, CancelToken.NEVER, observer).findings()).isNotEmpty();
        return units.get();
    }
}
