package dev.microvisor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.cache.ResultCache;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a program counts as whole though some of its project's sources are not read. */
class UnreadSourcesTest {
    /** No handler is in sight for the interrupt that it names: so says isr-irq-mismatch. */
    private static final String MAIN =
            """
            #include "mv_syscalls.h"
            #include "lcd.h"
            static volatile struct MvNotification ring[8] __attribute__((aligned(8)));
            volatile int lines;
            void NVIC_EnableIRQ(int irq);
            static void enable(void) {
                MvNotificationHandle handle;
                const struct MvNotificationSetup setup = {
                    .irq = 33, .buffer = ring, .buffer_size = sizeof ring};
                if (mvSetupNotifications(&setup, &handle) != MV_STATUS_OKAY) {
                    for (;;) {}
                }
                NVIC_EnableIRQ(33);
            }
            void step(void) { (void)mvServerLog((const uint8_t *)"x", 1); }
            void lcd_hook(void) { lines++; }
            int main(void) {
                enable();
                lcd_write("on");
                for (;;) {}
            }
            """;

    @TempDir Path folder;

    @BeforeEach
    void writeTheProgram() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        write("app/main.c", MAIN);
        write("lcd/lcd.h", "void lcd_write(const char *text);\n");
        write(
                "app/compile_commands.json",
                "[{\"directory\": \"%s\", \"file\": \"app/main.c\", \"command\": \"cc -Ilcd -c x\"}]"
                        .formatted(folder));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void library(String more) throws IOException {
        write(
                "lcd/lcd.c",
                "#include \"lcd.h\"\nvoid lcd_hook(void);\n"
                        + more
                        + "void lcd_write(const char *text) { (void)text; lcd_hook(); }\n");
    }

    private List<String> rules() {
        return Lints.rules(Lints.full(folder.resolve("app")));
    }

    @Test
    void aLibraryBesideTheFolderIsNoPartOfTheProgram() throws IOException {
        library("");
        assertThat(rules()).contains("isr-irq-mismatch");
    }

    @Test
    void whatNamesAnInterruptIsAPart() throws IOException {
        library("void TIM1_BRK_IRQHandler(void) {}\n".replace("TIM1_BRK", interrupt()));
        assertThat(rules()).doesNotContain("isr-irq-mismatch");
    }

    @Test
    void whatNamesASystemCallAVariableOrAFunctionThatLeadsToOneIsAPart() throws IOException {
        for (String more :
                List.of(
                        "int mvRestart(int mode);\nvoid again(void) { mvRestart(0); }\n",
                        "extern volatile int lines;\nint count(void) { return lines; }\n",
                        "void step(void);\nvoid all(void) { step(); }\n")) {
            library(more);
            assertThat(rules()).as(more).doesNotContain("isr-irq-mismatch");
        }
    }

    @Test
    void whatOnlySoundsLikeAPartIsNone() throws IOException {
        for (String more :
                List.of(
                        "/* step() is the caller's, see mvRestart */\n",
                        "static int lines;\nint count(void) { return lines; }\n",
                        "struct page { int lines; };\nint rows(struct page *p) { return p->lines; }\n",
                        "static const char *hint = \"mvRestart\";\n",
                        "int mvGetMicroseconds(unsigned long long *us);\n")) {
            library(more);
            assertThat(rules()).as(more).contains("isr-irq-mismatch");
        }
    }

    @Test
    void aVariableThatAHeaderOffersIsKnownByItsNameAlone() throws IOException {
        write(
                "app/main.c",
                MAIN.replace("#include \"lcd.h\"", "#include \"lcd.h\"\n#include \"app.h\""));
        write("app/app.h", "extern volatile int lines;\n");
        library("#include \"../app/app.h\"\nint count(void) { return lines; }\n");
        assertThat(rules()).doesNotContain("isr-irq-mismatch");
    }

    @Test
    void aFunctionThatAHeaderOffersIsTheProgramsOwn() throws IOException {
        write(
                "app/main.c",
                MAIN.replace("#include \"lcd.h\"", "#include \"lcd.h\"\nvoid lcd_hook(void);"));
        library("");
        assertThat(rules()).doesNotContain("isr-irq-mismatch");
    }

    @Test
    void excludedSourcesAreLookedThroughToo() throws IOException {
        library("");
        assertThat(excluding()).contains("isr-irq-mismatch");
        library("void step(void);\nvoid all(void) { step(); }\n");
        assertThat(excluding()).doesNotContain("isr-irq-mismatch");
    }

    @Test
    void aKeptResultNoticesThatAnotherSourceHasCome() throws IOException {
        Path kept = Files.createDirectory(folder.resolve(".kept"));
        Linter keeping = new Linter(Catalog::bundled, Optional.of(new ResultCache(kept, "1")));
        library("");
        assertThat(rules(keeping)).contains("isr-irq-mismatch");
        assertThat(rules(keeping)).contains("isr-irq-mismatch");
        write("lcd/readme.txt", "Not a source.\n");
        try (Stream<Path> entries = Files.list(kept)) {
            assertThat(entries).as("one result for all of these").hasSize(1);
        }
        write("lcd/fonts/more.c", "void step(void);\nvoid all(void) { step(); }\n");
        assertThat(rules(keeping)).doesNotContain("isr-irq-mismatch");
        write("lcd/fonts/CMakeCache.txt", "");
        assertThat(rules(keeping)).as("what a build made").contains("isr-irq-mismatch");
        Files.delete(folder.resolve("lcd/fonts/CMakeCache.txt"));
        assertThat(rules(keeping)).doesNotContain("isr-irq-mismatch");
        write(".gitmodules", "[submodule \"lcd\"]\n\tpath = lcd\n");
        assertThat(rules(keeping)).as("another project").contains("isr-irq-mismatch");
    }

    private List<String> rules(Linter linter) {
        LintRequest request =
                new LintRequest(
                        List.of(folder.resolve("app")),
                        Optional.empty(),
                        Map.of(),
                        LintRequest.Depth.FULL,
                        1);
        return Lints.rules(linter.lint(request, CancelToken.NEVER));
    }

    private List<String> excluding() {
        LintRequest request =
                new LintRequest(
                        List.of(folder),
                        Optional.empty(),
                        Map.of(),
                        LintRequest.Depth.FULL,
                        1,
                        file -> file.startsWith(folder.resolve("lcd")),
                        List.of(),
                        List.of());
        return Lints.rules(new Linter(Catalog.bundled()).lint(request, CancelToken.NEVER));
    }

    private static String interrupt() {
        return Catalog.bundled().interrupts().stream()
                .filter(i -> i.number() == 33)
                .findFirst()
                .orElseThrow()
                .name();
    }
}
