package dev.microvisor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Firmware that is built with an RTOS which lies beside it, when only the firmware's folder is
 * linted: the centre's interrupt has no handler, unless a file of the RTOS has it.
 */
class UnreadBuildSourcesTest {
    private static final String MAIN =
            """
            #include "app.h"
            #include "rtos.h"
            static struct MvNotification ring[8];
            static MvNotificationHandle centre;
            int main(void) {
                const struct MvNotificationSetup setup = {
                    .irq = 51, .buffer = ring, .buffer_size = sizeof(ring)};
                if (mvSetupNotifications(&setup, &centre) == MV_STATUS_OKAY) {
                    rtos_start();
                }
                return 0;
            }
            """;

    private static final String RTOS =
            """
            #include "rtos.h"
            void rtos_start(void) {
                for (;;) {
                }
            }
            """;

    @TempDir Path folder;

    @BeforeEach
    void sources() throws IOException {
        Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(folder.resolve("rtos"));
        Files.writeString(folder.resolve("rtos/rtos.h"), "void rtos_start(void);\n");
        Files.writeString(folder.resolve("app/app.h"), "#include \"mv_syscalls.h\"\n");
        Files.writeString(folder.resolve("app/main.c"), MAIN);
        Files.writeString(folder.resolve(".git"), "");
        List<String> entries = new ArrayList<>();
        for (String file : List.of("app/main.c", "rtos/rtos.c")) {
            entries.add(
                    "{\"directory\": \"%s\", \"file\": \"%s\", \"command\": \"cc -Irtos -c %s\"}"
                            .formatted(folder, file, file));
        }
        Files.writeString(folder.resolve("compile_commands.json"), entries.toString());
    }

    private List<String> rulesWith(String rtos) throws IOException {
        Files.writeString(folder.resolve("rtos/rtos.c"), rtos);
        return Lints.rules(Lints.full(folder.resolve("app")));
    }

    @Test
    void anRtosThatHasNothingToDoWithMicrovisorLeavesTheApplicationWhole() throws IOException {
        assertThat(rulesWith(RTOS)).contains("isr-irq-mismatch", "irq-not-enabled");
    }

    @Test
    void itsOwnHandlersMayBeTheMissingOnes() throws IOException {
        assertThat(rulesWith(RTOS + "void TIM8_BRK_IRQHandler(void) {}\n"))
                .doesNotContain("isr-irq-mismatch");
    }

    @Test
    void startUpCodeInAssemblerHasNone() throws IOException {
        Files.writeString(folder.resolve("rtos/start.s"), ".weak TIM8_BRK_IRQHandler\n");
        Path database = folder.resolve("compile_commands.json");
        Files.writeString(
                database,
                Files.readString(database)
                        .replace(
                                "]",
                                ", "
                                        + "{\"directory\": \"%s\", \"file\": \"rtos/start.s\", \"command\": \"cc -c rtos/start.s\"}]"
                                                .formatted(folder)));
        assertThat(rulesWith(RTOS)).contains("isr-irq-mismatch");
    }

    @Test
    void sourcesThatTheBuildDoesNotCompileAreNoneOfTheProgram() throws IOException {
        Files.writeString(folder.resolve("rtos/port.c"), "void TIM8_BRK_IRQHandler(void) {}\n");
        assertThat(rulesWith(RTOS)).contains("isr-irq-mismatch");
    }

    @Test
    void aFileThatOpensChannelsIsOfTheApplication() throws IOException {
        assertThat(
                        rulesWith(
                                "#include \"mv_syscalls.h\"\n"
                                        + RTOS
                                        + "void f(MvChannelHandle *c) { (void)mvCloseChannel(c); }\n"))
                .doesNotContain("isr-irq-mismatch");
    }
}
