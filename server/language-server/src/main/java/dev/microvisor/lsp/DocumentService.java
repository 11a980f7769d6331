package dev.microvisor.lsp;

import dev.microvisor.lsp.diagnostics.Diagnoser;
import dev.microvisor.lsp.document.Documents;
import dev.microvisor.lsp.requests.CodeActionRequest;
import dev.microvisor.lsp.requests.CodeLensRequest;
import dev.microvisor.lsp.requests.CompletionRequest;
import dev.microvisor.lsp.requests.DiagnosticRequest;
import dev.microvisor.lsp.requests.HoverRequest;
import dev.microvisor.lsp.requests.InlayHintRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;

/** Passes what the client says about documents to the class that deals with it. */
final class DocumentService implements TextDocumentService {
    private final Documents documents;
    private final Diagnoser diagnoser;
    private final HoverRequest hover;
    private final CodeActionRequest codeAction;
    private final DiagnosticRequest diagnostic;
    private final CompletionRequest completion;
    private final CodeLensRequest codeLens;
    private final InlayHintRequest inlayHint;
    private volatile boolean waitForComplete;

    DocumentService(
            Documents documents,
            Diagnoser diagnoser,
            HoverRequest hover,
            CodeActionRequest codeAction,
            DiagnosticRequest diagnostic,
            CompletionRequest completion,
            CodeLensRequest codeLens,
            InlayHintRequest inlayHint) {
        this.documents = documents;
        this.diagnoser = diagnoser;
        this.hover = hover;
        this.codeAction = codeAction;
        this.diagnostic = diagnostic;
        this.completion = completion;
        this.codeLens = codeLens;
        this.inlayHint = inlayHint;
    }

    /** Whether a pull waits for the full look, because the client cannot be asked to pull again. */
    void setWaitForComplete(boolean wait) {
        waitForComplete = wait;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams params) {
        diagnoser.opened(documents.open(params.getTextDocument()));
    }

    @Override
    public void didChange(DidChangeTextDocumentParams params) {
        documents
                .change(
                        params.getTextDocument().getUri(),
                        params.getTextDocument().getVersion(),
                        params.getContentChanges())
                .ifPresent(diagnoser::changed);
    }

    @Override
    public void didClose(DidCloseTextDocumentParams params) {
        documents.close(params.getTextDocument().getUri());
        diagnoser.closed(params.getTextDocument().getUri());
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {
        diagnoser.saved();
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        return answer("hover", () -> hover.answer(params).orElse(null), null);
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(
            CodeActionParams params) {
        return codeAction
                .snapshot(params)
                .thenApply(
                        known ->
                                Guard.call(
                                        "codeAction",
                                        () ->
                                                known.map(s -> codeAction.answer(params, s))
                                                        .orElse(List.of()),
                                        List::of));
    }

    @Override
    public CompletableFuture<DocumentDiagnosticReport> diagnostic(DocumentDiagnosticParams params) {
        return diagnostic.answer(params, waitForComplete);
    }

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
            CompletionParams params) {
        return answer(
                "completion",
                () -> Either.forLeft(completion.answer(params)),
                Either.forLeft(List.of()));
    }

    @Override
    public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
        return answer("codeLens", () -> codeLens.answer(params), List.of());
    }

    @Override
    public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams params) {
        return answer("inlayHint", () -> inlayHint.answer(params), List.of());
    }

    /** Answers on the protocol's thread: such a request takes microseconds. */
    private static <T> CompletableFuture<T> answer(String method, Supplier<T> work, T otherwise) {
        return CompletableFuture.completedFuture(Guard.call(method, work, () -> otherwise));
    }
}
