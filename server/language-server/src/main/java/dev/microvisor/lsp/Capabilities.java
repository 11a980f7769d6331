package dev.microvisor.lsp;

import dev.microvisor.lsp.document.PositionEncoding;
import dev.microvisor.lsp.requests.CodeActionRequest;
import java.util.List;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DiagnosticRegistrationOptions;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;

/** What the server announces: nothing that clangd or cpptools do. */
final class Capabilities {
    private Capabilities() {}

    static ServerCapabilities of(ClientFeatures client, PositionEncoding encoding) {
        ServerCapabilities capabilities = new ServerCapabilities();
        capabilities.setPositionEncoding(encoding.kind());
        TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
        sync.setOpenClose(true);
        sync.setChange(TextDocumentSyncKind.Incremental);
        sync.setSave(new SaveOptions(false));
        capabilities.setTextDocumentSync(sync);
        capabilities.setHoverProvider(true);
        capabilities.setCodeActionProvider(
                new CodeActionOptions(List.of(CodeActionKind.QuickFix, CodeActionRequest.FIX_ALL)));
        capabilities.setCompletionProvider(new CompletionOptions(false, List.of(".", "=", " ")));
        capabilities.setCodeLensProvider(new CodeLensOptions(false));
        capabilities.setInlayHintProvider(true);
        if (client.pullDiagnostics()) {
            DiagnosticRegistrationOptions diagnostics =
                    new DiagnosticRegistrationOptions(true, false);
            diagnostics.setIdentifier("microvisor");
            capabilities.setDiagnosticProvider(diagnostics);
        }
        WorkspaceFoldersOptions folders = new WorkspaceFoldersOptions();
        folders.setSupported(true);
        folders.setChangeNotifications(true);
        capabilities.setWorkspace(new WorkspaceServerCapabilities(folders));
        return capabilities;
    }
}
