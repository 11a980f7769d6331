package dev.microvisor.lsp.requests;

import dev.microvisor.lsp.diagnostics.Diagnoser;
import dev.microvisor.lsp.diagnostics.DiagnosticWriter;
import dev.microvisor.lsp.diagnostics.Snapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.RelatedFullDocumentDiagnosticReport;

/** {@code textDocument/diagnostic}: the client asks for what others are sent. */
public final class DiagnosticRequest {
    private final Diagnoser diagnoser;
    private final DiagnosticWriter writer;

    public DiagnosticRequest(Diagnoser diagnoser, DiagnosticWriter writer) {
        this.diagnoser = diagnoser;
        this.writer = writer;
    }

    /**
     * Answers as soon as the present text was looked at.
     *
     * @param completeOnly waits for the full look
     */
    public CompletableFuture<DocumentDiagnosticReport> answer(
            DocumentDiagnosticParams params, boolean completeOnly) {
        return diagnoser
                .current(params.getTextDocument().getUri(), completeOnly)
                .map(known -> known.thenApply(this::report))
                .orElseGet(() -> CompletableFuture.completedFuture(empty()));
    }

    private DocumentDiagnosticReport report(Snapshot snapshot) {
        return new DocumentDiagnosticReport(
                new RelatedFullDocumentDiagnosticReport(writer.write(snapshot)));
    }

    private static DocumentDiagnosticReport empty() {
        return new DocumentDiagnosticReport(new RelatedFullDocumentDiagnosticReport(List.of()));
    }
}
