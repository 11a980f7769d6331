package dev.microvisor.lsp;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.InsertTextMode;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;

/**
 * What the client can do, as far as the server cares. Whatever the client leaves out it cannot do.
 *
 * @param positionEncodings in the client's order
 * @param indents whether inserted lines can be told to take the indentation of their place
 */
record ClientFeatures(
        List<String> positionEncodings,
        boolean relatedInformation,
        boolean pullDiagnostics,
        boolean diagnosticRefresh,
        boolean configuration,
        boolean watchRegistration,
        boolean snippets,
        boolean indents,
        boolean codeLensRefresh,
        boolean inlayHintRefresh) {
    static final ClientFeatures NONE =
            new ClientFeatures(
                    List.of(), false, false, false, false, false, false, false, false, false);

    ClientFeatures {
        positionEncodings = List.copyOf(positionEncodings);
    }

    static ClientFeatures of(ClientCapabilities capabilities) {
        if (capabilities == null) {
            return NONE;
        }
        Optional<TextDocumentClientCapabilities> text =
                Optional.ofNullable(capabilities.getTextDocument());
        Optional<WorkspaceClientCapabilities> workspace =
                Optional.ofNullable(capabilities.getWorkspace());
        return new ClientFeatures(
                Optional.ofNullable(capabilities.getGeneral())
                        .map(g -> g.getPositionEncodings())
                        .orElse(List.of()),
                is(text.map(t -> t.getPublishDiagnostics()), p -> p.getRelatedInformation()),
                text.map(t -> t.getDiagnostic()).isPresent(),
                is(workspace.map(w -> w.getDiagnostics()), d -> d.getRefreshSupport()),
                is(workspace, w -> w.getConfiguration()),
                is(
                        workspace.map(w -> w.getDidChangeWatchedFiles()),
                        w -> w.getDynamicRegistration()),
                is(
                        text.map(t -> t.getCompletion()).map(c -> c.getCompletionItem()),
                        i -> i.getSnippetSupport()),
                text.map(t -> t.getCompletion())
                        .map(c -> c.getCompletionItem())
                        .map(i -> i.getInsertTextModeSupport())
                        .map(m -> m.getValueSet())
                        .filter(modes -> modes.contains(InsertTextMode.AdjustIndentation))
                        .isPresent(),
                is(workspace.map(w -> w.getCodeLens()), c -> c.getRefreshSupport()),
                is(workspace.map(w -> w.getInlayHint()), i -> i.getRefreshSupport()));
    }

    private static <T> boolean is(Optional<T> part, Function<T, Boolean> flag) {
        return part.map(flag).orElse(false);
    }
}
