package dev.microvisor.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.microvisor.analysis.Linter;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeLensWorkspaceCapabilities;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.InlayHintWorkspaceCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code microvisor.toml} and the editor's settings, folder by folder. */
class ProjectSettingsTest {
    private static final String IGNORED_STATUS =
            """
            #include "mv_syscalls.h"
            void f(MvNetworkHandle *network) { mvReleaseNetwork(network); }
            """;

    @TempDir Path base;
    private final EditorFixture editor =
            new EditorFixture(Linter.remembering(Catalog.bundled())::lint);
    private Path left;
    private Path right;
    private Path toml;

    @BeforeEach
    void folders() throws IOException {
        left = Files.createDirectories(base.resolve("left ü"));
        right = Files.createDirectories(base.resolve("right"));
        toml = left.resolve("microvisor.toml");
    }

    @AfterEach
    void stop() {
        editor.close();
    }

    @Test
    void aMistakeInMicrovisorTomlIsShownInItUntilItIsMended() throws IOException {
        Files.writeString(toml, "pedantic = true\nignroe = [\"deprecated-api\"]\n");
        editor.initialize(new ClientCapabilities(), List.of(left));
        editor.open(left.resolve("main.c"), IGNORED_STATUS);
        editor.idle();
        Diagnostic diagnostic = editor.diagnostics(toml).get(0);
        assertThat(diagnostic.getMessage()).contains("ignroe");
        assertThat(diagnostic.getSeverity()).isEqualTo(DiagnosticSeverity.Error);
        assertThat(diagnostic.getRange().getStart().getLine()).isEqualTo(1);
        assertThat(diagnostic.getRange().getEnd().getCharacter()).isPositive();

        Files.writeString(toml, "pedantic = true\n");
        changedOnDisk(toml);
        assertThat(editor.diagnostics(toml)).isEmpty();
    }

    @Test
    void aMistakeInMicrovisorTomlGoesWithTheLastDocumentThatHeedsIt() throws IOException {
        Files.writeString(toml, "select = 7\n");
        Path main = left.resolve("main.c");
        editor.initialize(new ClientCapabilities(), List.of(left));
        editor.open(main, IGNORED_STATUS);
        editor.idle();
        assertThat(editor.diagnostics(toml)).hasSize(1);
        editor.closeDocument(main);
        assertThat(editor.diagnostics(toml)).isEmpty();
    }

    @Test
    void aBrokenDatabaseIsShownInIt() throws IOException {
        Path database = left.resolve("compile_commands.json");
        Files.writeString(database, "[{");
        editor.initialize(new ClientCapabilities(), List.of(left));
        editor.open(left.resolve("main.c"), IGNORED_STATUS);
        editor.idle();
        assertThat(editor.diagnostics(database)).hasSize(1);

        Files.delete(database);
        changedOnDisk(database);
        assertThat(editor.diagnostics(database)).isEmpty();
    }

    @Test
    void eachFolderHasItsOwnSettings() {
        editor.configuration =
                scope -> scope.endsWith("right/") ? json("ignore", "unchecked-status") : json();
        editor.initialize(configurable(), List.of(left, right));
        editor.open(left.resolve("main.c"), IGNORED_STATUS);
        editor.open(right.resolve("main.c"), IGNORED_STATUS);
        editor.idle();
        assertThat(editor.diagnostics(left.resolve("main.c"))).isNotEmpty();
        assertThat(editor.diagnostics(right.resolve("main.c"))).isEmpty();
    }

    @Test
    void aRelativeDatabaseStartsAtItsFolder() {
        editor.configuration = scope -> text("compileCommands", "out/arm");
        editor.initialize(configurable(), List.of(left, right));
        editor.open(right.resolve("main.c"), IGNORED_STATUS);
        editor.idle();
        assertThat(editor.requests.get(editor.requests.size() - 1).database())
                .contains(right.resolve("out/arm"));
    }

    @Test
    void theFolderVariableOfADatabaseIsTheFolder() {
        editor.configuration = scope -> text("compileCommands", "${workspaceFolder}/out");
        editor.initialize(configurable(), List.of(left));
        editor.open(left.resolve("main.c"), IGNORED_STATUS);
        editor.idle();
        assertThat(editor.requests.get(editor.requests.size() - 1).database())
                .contains(left.resolve("out"));
    }

    @Test
    void lensesAndHintsAreAskedForAgainWhenSettingsChange() {
        editor.initialize(configurable(), List.of(left));
        editor.sync();
        JsonObject on = new JsonObject();
        on.addProperty("codeLens", true);
        editor.configuration = scope -> on;
        editor.server
                .getWorkspaceService()
                .didChangeConfiguration(new DidChangeConfigurationParams(Map.of()));
        editor.sync();
        editor.idle();
        assertThat(editor.lensRefreshes).isPositive();
        assertThat(editor.hintRefreshes).isPositive();
    }

    private void changedOnDisk(Path file) {
        editor.server
                .getWorkspaceService()
                .didChangeWatchedFiles(
                        new DidChangeWatchedFilesParams(
                                List.of(
                                        new FileEvent(
                                                EditorFixture.uri(file), FileChangeType.Changed))));
        editor.sync();
        editor.idle();
    }

    private static ClientCapabilities configurable() {
        WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
        workspace.setConfiguration(true);
        workspace.setCodeLens(new CodeLensWorkspaceCapabilities(true));
        workspace.setInlayHint(new InlayHintWorkspaceCapabilities(true));
        ClientCapabilities capabilities = new ClientCapabilities();
        capabilities.setWorkspace(workspace);
        return capabilities;
    }

    private static JsonObject text(String key, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(key, value);
        return object;
    }

    private static JsonObject json(String key, String... values) {
        JsonArray array = new JsonArray();
        List.of(values).forEach(array::add);
        JsonObject object = new JsonObject();
        object.add(key, array);
        return object;
    }

    private static JsonObject json() {
        return new JsonObject();
    }
}
