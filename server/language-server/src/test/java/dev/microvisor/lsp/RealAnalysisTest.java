package dev.microvisor.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Linter;
import dev.microvisor.catalog.Catalog;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextEdit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with the real rules, from an opened mistake to a silent file. */
class RealAnalysisTest {
    private static final String MISALIGNED =
            """
            #include "mv_syscalls.h"
            static uint8_t log_buffer[1024];
            void start(void) {
                if (mvServerLoggingInit(log_buffer, sizeof(log_buffer)) != MV_STATUS_OKAY) {
                    return;
                }
            }
            """;

    @TempDir Path folder;
    private EditorFixture editor;
    private Path main;

    @BeforeEach
    void start() {
        editor = new EditorFixture(new Linter(Catalog.bundled())::lint);
        editor.initialize(new ClientCapabilities());
        main = folder.resolve("main.c");
    }

    @AfterEach
    void stop() {
        editor.close();
    }

    @Test
    void theQuickFixOfAMisalignedBufferLeavesASilentFile() {
        editor.open(main, MISALIGNED);
        editor.idle();
        Diagnostic diagnostic = editor.diagnostics(main).get(0);
        assertThat(diagnostic.getCode().getLeft()).isEqualTo("buffer-alignment");
        assertThat(diagnostic.getCodeDescription().getHref()).endsWith("/buffer-alignment.md");
        List<TextEdit> edits =
                EditorFixture.get(
                                editor.server
                                        .getTextDocumentService()
                                        .codeAction(
                                                new CodeActionParams(
                                                        new TextDocumentIdentifier(
                                                                EditorFixture.uri(main)),
                                                        diagnostic.getRange(),
                                                        new CodeActionContext(
                                                                List.of(diagnostic)))))
                        .get(0)
                        .getRight()
                        .getEdit()
                        .getChanges()
                        .get(EditorFixture.uri(main));
        editor.edit(main, 2, edits.get(0).getRange(), edits.get(0).getNewText());
        editor.idle();
        assertThat(editor.diagnostics(main)).isEmpty();
    }

    @Test
    void deprecatedCallsAreMarkedAsSuch() {
        editor.open(
                main,
                """
                #include "mv_syscalls.h"
                enum MvStatus f(MvChannelHandle c, const uint8_t *d, uint32_t *n) {
                    return mvWriteChannelStream(c, d, 1, n);
                }
                """);
        editor.idle();
        assertThat(editor.diagnostics(main))
                .anySatisfy(
                        d -> {
                            assertThat(d.getCode().getLeft()).isEqualTo("deprecated-api");
                            assertThat(d.getTags()).containsExactly(DiagnosticTag.Deprecated);
                        });
    }

    @Test
    void typingThroughEveryHalfOfAFileNeverStopsTheServer() {
        editor.open(main, "");
        for (int length = 0; length < MISALIGNED.length(); length += 7) {
            editor.replace(main, length + 2, MISALIGNED.substring(0, length));
            editor.idle();
        }
        editor.replace(main, 10_000, MISALIGNED);
        editor.idle();
        assertThat(editor.diagnostics(main)).hasSize(1);
        assertThat(editor.log.toString()).doesNotContain("failed");
    }
}
