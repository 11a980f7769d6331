package dev.microvisor.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Linter;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file is analysed with the other sources of the open folder, as {@code microvisor lint} does.
 */
class WholeProgramTest {
    private static final String MAIN =
            """
            #include "mv_syscalls.h"
            static volatile struct MvNotification ring[8];
            static MvNotificationHandle centre;
            int main(void) {
                struct MvNotificationSetup setup = {
                    .irq = 45, .buffer = (struct MvNotification *)ring, .buffer_size = sizeof(ring)};
                return mvSetupNotifications(&setup, &centre);
            }
            """;

    @TempDir Path folder;
    private final EditorFixture editor =
            new EditorFixture(Linter.remembering(Catalog.bundled())::lint);
    private Path main;
    private Path other;

    @BeforeEach
    void program() throws IOException {
        main = folder.resolve("main.c");
        other = folder.resolve("src/handlers.c");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "void TIM2_IRQHandler(void) {\n}\n");
    }

    @AfterEach
    void stop() {
        editor.close();
    }

    @Test
    void aHandlerInAnotherFileIsSeen() throws IOException {
        editor.initialize(new ClientCapabilities(), List.of(folder));
        editor.open(main, MAIN);
        editor.idle();
        assertThat(rules()).doesNotContain("isr-irq-mismatch");

        Files.writeString(other, "void TIM3_IRQHandler(void) {\n}\n");
        changedOnDisk(FileChangeType.Changed);
        assertThat(rules()).contains("isr-irq-mismatch");
        assertThat(editor.published).containsOnlyKeys(EditorFixture.uri(main));

        Files.delete(other);
        Files.writeString(other.resolveSibling("more.c"), "void TIM2_IRQHandler(void) {\n}\n");
        changedOnDisk(FileChangeType.Created);
        assertThat(rules()).doesNotContain("isr-irq-mismatch");
    }

    @Test
    void outsideOfEveryFolderAFileIsAnalysedAlone() {
        editor.initialize(new ClientCapabilities(), List.of(folder.resolve("src")));
        editor.open(main, MAIN);
        editor.idle();
        assertThat(rules()).contains("isr-irq-mismatch");
    }

    private List<String> rules() {
        return editor.diagnostics(main).stream().map(d -> d.getCode().getLeft()).toList();
    }

    private void changedOnDisk(FileChangeType how) {
        editor.server
                .getWorkspaceService()
                .didChangeWatchedFiles(
                        new DidChangeWatchedFilesParams(
                                List.of(new FileEvent(EditorFixture.uri(other), how))));
        editor.sync();
        editor.idle();
    }
}
