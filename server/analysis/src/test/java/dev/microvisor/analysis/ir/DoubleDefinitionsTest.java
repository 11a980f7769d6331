package dev.microvisor.analysis.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Lints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files of a lint define one name, as boards and builds do: both are looked at. */
class DoubleDefinitionsTest {
    private static final String BAD =
            """
            #include "mv_syscalls.h"
            void clock_init(void) {
                uint32_t hz;
                mvSetupNotifications(0, 0);
                (void)mvGetHClk(&hz);
            }
            """;

    private static final String GOOD =
            """
            #include "mv_syscalls.h"
            void clock_init(void) {
            }
            """;

    @TempDir Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private List<String> found() {
        LintResult result = Lints.full(folder);
        return result.findings().stream()
                .map(f -> f.range().file().getFileName() + " " + f.rule())
                .toList();
    }

    @Test
    void bothAreLookedAtInEitherOrder() throws IOException {
        write("a.c", BAD);
        write("b.c", GOOD);
        assertThat(found()).contains("a.c unchecked-status");
        write("a.c", GOOD);
        write("b.c", BAD);
        assertThat(found()).contains("b.c unchecked-status");
        write("a.c", BAD);
        assertThat(found()).contains("a.c unchecked-status", "b.c unchecked-status");
    }

    /** {@code is_fine} of the file itself tests the status; the other file's does not. */
    @Test
    void aFileMeansItsOwnDefinition() throws IOException {
        String user =
                """
                #include "mv_syscalls.h"
                #include <stdbool.h>
                bool is_fine(enum MvStatus status) { return %s; }
                uint32_t %s(void) {
                    uint32_t hz;
                    enum MvStatus status = mvGetHClk(&hz);
                    if (!is_fine(status)) { return 0; }
                    return hz;
                }
                """;
        write("a.c", user.formatted("true", "clock_a"));
        write("b.c", user.formatted("status == MV_STATUS_OKAY", "clock_b"));
        assertThat(found()).contains("a.c uninit-out-param").doesNotContain("b.c uninit-out-param");
    }

    @Test
    void aWeakDefinitionGivesWayToAnother() throws IOException {
        String test = "#include \"mv_syscalls.h\"\n%s int is_fine(int status) { return %s; }\n";
        write("a.c", test.formatted("__attribute__((weak))", "1"));
        write("b.c", test.formatted("", "status == MV_STATUS_OKAY"));
        write(
                "c.c",
                """
                #include "mv_syscalls.h"
                int is_fine(int status);
                uint32_t clock(void) {
                    uint32_t hz;
                    if (!is_fine(mvGetHClk(&hz))) { return 0; }
                    return hz;
                }
                """);
        assertThat(found()).doesNotContain("c.c uninit-out-param");
        write("b.c", "int nothing;\n");
        assertThat(found()).contains("c.c uninit-out-param");
    }

    @Test
    void anInlineFunctionOfAHeaderIsReportedOnce() throws IOException {
        write("h.h", "#include \"mv_syscalls.h\"\nstatic inline void f(void) { mvRestart(0); }\n");
        write("a.c", "#include \"h.h\"\nvoid a(void) { f(); }\n");
        write("b.c", "#include \"h.h\"\nvoid b(void) { f(); }\n");
        assertThat(found()).filteredOn(f -> f.equals("h.h unchecked-status")).hasSize(1);
    }

    @Test
    void overloadsOfOneFileAreAllLookedAt() throws IOException {
        write(
                "a.cpp",
                """
                #include "mv_syscalls.h"
                void stop(int how) { (void)how; }
                void stop(const char *why) { (void)why; mvSetupNotifications(nullptr, nullptr); }
                """);
        assertThat(found()).contains("a.cpp unchecked-status");
    }
}
