package dev.microvisor.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCapabilities;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticWorkspaceCapabilities;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.GeneralClientCapabilities;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsCapabilities;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditingTest {
    @TempDir Path folder;
    private EditorFixture editor;
    private Path main;

    @BeforeEach
    void start() {
        editor = new EditorFixture();
        main = folder.resolve("main.c");
    }

    @AfterEach
    void stop() {
        editor.close();
    }

    @Test
    void openingAFileWithAMistakePublishesIt() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "int x;\nBAD;\n");
        editor.idle();
        Diagnostic diagnostic = editor.diagnostics(main).get(0);
        assertThat(diagnostic.getRange()).isEqualTo(range(1, 0, 1, 3));
        assertThat(diagnostic.getSource()).isEqualTo("microvisor");
        assertThat(diagnostic.getCode().getLeft()).isEqualTo("buffer-alignment");
        assertThat(diagnostic.getSeverity()).isEqualTo(DiagnosticSeverity.Error);
        assertThat(diagnostic.getMessage()).isEqualTo("'BAD' is bad\nHelp: write GOOD");
    }

    @Test
    void theQuickLookComesAtOnceAndTheFullLookWhenIdle() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "BAD\nDEEP\n");
        editor.clock.advance(0);
        editor.sync();
        assertThat(editor.diagnostics(main)).hasSize(1);
        editor.idle();
        assertThat(editor.diagnostics(main)).hasSize(2);
    }

    @Test
    void whatOnlyTheFullLookSeesStaysAndMovesWhileTypingAboveIt() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "\nDEEP\n");
        editor.idle();
        editor.edit(main, 2, range(0, 0, 0, 0), "int a;\nint b;");
        editor.clock.advance(50);
        editor.sync();
        assertThat(editor.published.get(EditorFixture.uri(main)).getVersion()).isEqualTo(2);
        assertThat(editor.diagnostics(main).get(0).getRange()).isEqualTo(range(2, 0, 2, 4));
    }

    @Test
    void whatOnlyTheFullLookSeesGoesWhenItsOwnLineIsEdited() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "\nDEEP\n");
        editor.idle();
        editor.edit(main, 2, range(1, 0, 1, 4), "fine");
        editor.clock.advance(50);
        editor.sync();
        assertThat(editor.diagnostics(main)).isEmpty();
    }

    @Test
    void manyEditsCollapseIntoOneLook() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "");
        editor.idle();
        editor.requests.clear();
        for (int version = 2; version < 30; version++) {
            editor.replace(main, version, "B".repeat(version));
        }
        editor.replace(main, 30, "BAD");
        editor.idle();
        assertThat(editor.requests).hasSize(2);
        assertThat(editor.published.get(EditorFixture.uri(main)).getVersion()).isEqualTo(30);
        assertThat(editor.diagnostics(main)).hasSize(1);
    }

    @Test
    void savingLooksAtEverythingAtOnce() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "DEEP");
        editor.save(main);
        editor.clock.advance(0);
        editor.sync();
        assertThat(editor.diagnostics(main)).hasSize(1);
    }

    @Test
    void closingTakesTheDiagnosticsAway() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "BAD");
        editor.idle();
        editor.closeDocument(main);
        assertThat(editor.diagnostics(main)).isEmpty();
    }

    @Test
    void theQuickFixAppliedSilencesItsFinding() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "int x;\n  BAD;\n");
        editor.idle();
        CodeAction fix =
                actions(range(1, 0, 1, 0)).stream()
                        .filter(a -> a.getTitle().equals("Write GOOD"))
                        .findFirst()
                        .orElseThrow();
        assertThat(fix.getIsPreferred()).isTrue();
        List<TextEdit> edits = fix.getEdit().getChanges().get(EditorFixture.uri(main));
        editor.edit(main, 2, edits.get(0).getRange(), edits.get(0).getNewText());
        editor.idle();
        assertThat(editor.diagnostics(main)).isEmpty();
    }

    @Test
    void everyFindingCanBeSilencedOnItsLineOrAbove() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "int x;\n  BAD;\n");
        editor.idle();
        List<String> inserted =
                actions(range(1, 3, 1, 3)).stream()
                        .filter(a -> a.getTitle().startsWith("Silence"))
                        .map(a -> a.getEdit().getChanges().get(EditorFixture.uri(main)).get(0))
                        .map(TextEdit::getNewText)
                        .toList();
        assertThat(inserted)
                .containsExactly(
                        "  // NOLINT(microvisor-buffer-alignment)",
                        "  // NOLINTNEXTLINE(microvisor-buffer-alignment)\n");
    }

    @Test
    void fixAllMakesTheSafeFixesOfTheWholeFile() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "BAD;\nBAD;\n");
        editor.idle();
        List<CodeAction> actions = actions(range(0, 0, 0, 0), "source.fixAll");
        assertThat(actions).hasSize(1);
        assertThat(actions.get(0).getKind()).isEqualTo("source.fixAll.microvisor");
        assertThat(actions.get(0).getEdit().getChanges().get(EditorFixture.uri(main))).hasSize(2);
    }

    @Test
    void fixAllOnSaveWaitsForWhatWasJustTyped() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "fine;\n");
        editor.idle();
        editor.edit(main, 2, range(0, 0, 0, 0), "BAD; ");
        var asked = ask(range(0, 0, 0, 0), "source.fixAll");
        editor.sync();
        assertThat(asked).isNotDone();
        editor.idle();
        assertThat(EditorFixture.get(asked)).hasSize(1);
    }

    @Test
    void fixAllOfADocumentThatClosesMeanwhileIsAnsweredWithNothing() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "BAD;\n");
        var asked = ask(range(0, 0, 0, 0), "source.fixAll");
        editor.sync();
        editor.closeDocument(main);
        assertThat(EditorFixture.get(asked)).isEmpty();
    }

    @Test
    void noFixIsOfferedForATextThatWasNotAnalysed() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "BAD;\n");
        editor.idle();
        editor.edit(main, 2, range(0, 0, 0, 0), "  ");
        assertThat(actions(range(0, 0, 0, 9))).isEmpty();
    }

    @Test
    void aClientThatPullsIsNotPushedTo() {
        InitializeResult result = editor.initialize(pulling());
        assertThat(result.getCapabilities().getDiagnosticProvider().getIdentifier())
                .isEqualTo("microvisor");
        editor.open(main, "BAD\nDEEP\n");
        var answer =
                editor.server
                        .getTextDocumentService()
                        .diagnostic(
                                new DocumentDiagnosticParams(
                                        new TextDocumentIdentifier(EditorFixture.uri(main))));
        editor.sync();
        editor.clock.advance(0);
        DocumentDiagnosticReport report = EditorFixture.get(answer);
        assertThat(report.getRelatedFullDocumentDiagnosticReport().getItems()).hasSize(1);
        editor.idle();
        assertThat(editor.refreshes).isEqualTo(1);
        assertThat(editor.published).isEmpty();
    }

    @Test
    void columnsAreCountedAsTheClientCounts() {
        ClientCapabilities capabilities = new ClientCapabilities();
        GeneralClientCapabilities general = new GeneralClientCapabilities();
        general.setPositionEncodings(List.of("utf-32", "utf-8", "utf-16"));
        capabilities.setGeneral(general);
        InitializeResult result = editor.initialize(capabilities);
        assertThat(result.getCapabilities().getPositionEncoding()).isEqualTo("utf-8");
        editor.open(main, "\u00e4\ud83d\ude00 BAD");
        editor.idle();
        assertThat(editor.diagnostics(main).get(0).getRange()).isEqualTo(range(0, 7, 0, 10));
        editor.edit(main, 2, range(0, 7, 0, 10), "x BAD");
        editor.idle();
        assertThat(editor.diagnostics(main).get(0).getRange()).isEqualTo(range(0, 9, 0, 12));
    }

    @Test
    void hoverSpeaksOnMicrovisorNamesOnly() {
        editor.initialize(new ClientCapabilities());
        editor.open(main, "mvOpenChannel(&p, &h); // mvCloseChannel\nprintf(\"mvRestart\");\n");
        Hover hover = hover(0, 3);
        assertThat(hover.getContents().getRight().getValue()).contains("mvOpenChannel");
        assertThat(hover.getRange()).isEqualTo(range(0, 0, 0, 13));
        assertThat(hover(0, 30)).isNull();
        assertThat(hover(1, 2)).isNull();
        assertThat(hover(1, 12)).isNull();
    }

    @Test
    void settingsOfNullAreNoSettings() {
        ClientCapabilities capabilities = new ClientCapabilities();
        WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
        workspace.setConfiguration(true);
        capabilities.setWorkspace(workspace);
        editor.answersNull = true;
        editor.initialize(capabilities);
        editor.open(main, "BAD");
        editor.idle();
        assertThat(editor.diagnostics(main)).hasSize(1);
    }

    private static ClientCapabilities pulling() {
        ClientCapabilities capabilities = new ClientCapabilities();
        TextDocumentClientCapabilities text = new TextDocumentClientCapabilities();
        text.setDiagnostic(new DiagnosticCapabilities());
        text.setPublishDiagnostics(new PublishDiagnosticsCapabilities(true));
        capabilities.setTextDocument(text);
        WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
        workspace.setDiagnostics(new DiagnosticWorkspaceCapabilities(true));
        capabilities.setWorkspace(workspace);
        return capabilities;
    }

    private Hover hover(int line, int character) {
        return EditorFixture.get(
                editor.server
                        .getTextDocumentService()
                        .hover(
                                new HoverParams(
                                        new TextDocumentIdentifier(EditorFixture.uri(main)),
                                        new Position(line, character))));
    }

    private List<CodeAction> actions(Range range, String... only) {
        return EditorFixture.get(ask(range, only)).stream().map(Either::getRight).toList();
    }

    private CompletableFuture<List<Either<Command, CodeAction>>> ask(Range range, String... only) {
        CodeActionContext context = new CodeActionContext(List.of());
        context.setOnly(only.length == 0 ? List.of("quickfix") : List.of(only));
        TextDocumentIdentifier document = new TextDocumentIdentifier(EditorFixture.uri(main));
        return editor.server
                .getTextDocumentService()
                .codeAction(new CodeActionParams(document, range, context));
    }

    private static Range range(int startLine, int start, int endLine, int end) {
        return new Range(new Position(startLine, start), new Position(endLine, end));
    }
}
