package dev.microvisor.lsp.requests;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.text.FixPlan;
import dev.microvisor.lsp.diagnostics.Diagnoser;
import dev.microvisor.lsp.diagnostics.DiagnosticWriter;
import dev.microvisor.lsp.diagnostics.Snapshot;
import dev.microvisor.lsp.document.Document;
import dev.microvisor.lsp.document.Documents;
import dev.microvisor.lsp.document.Places;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * {@code textDocument/codeAction}: the fixes of the findings in a range, comments that silence
 * them, and {@code source.fixAll.microvisor}, which makes the safe fixes of the whole document.
 *
 * <p>Offered only for the very text that was analysed: an edit made for another text would land in
 * the wrong place.
 */
public final class CodeActionRequest {
    /** The kind that editors can be told to run on save. */
    public static final String FIX_ALL = CodeActionKind.SourceFixAll + ".microvisor";

    private final Diagnoser diagnoser;
    private final Places places;
    private final DiagnosticWriter writer;
    private final EditWriter edits;

    public CodeActionRequest(
            Documents documents, Diagnoser diagnoser, Places places, DiagnosticWriter writer) {
        this.diagnoser = diagnoser;
        this.places = places;
        this.writer = writer;
        this.edits = new EditWriter(documents, places);
    }

    /**
     * The analysed text that the actions are for; empty when there is none now. A lamp beside the
     * cursor cannot wait for a look that still goes on: the client asks again when the diagnostics
     * change. Who asks for {@code source.fixAll} alone is about to save what was just typed, and
     * waits for the full look.
     */
    public CompletableFuture<Optional<Snapshot>> snapshot(CodeActionParams params) {
        List<String> only = only(params);
        boolean waits = wanted(only, FIX_ALL) && !wanted(only, CodeActionKind.QuickFix);
        Optional<CompletableFuture<Snapshot>> known =
                diagnoser.current(params.getTextDocument().getUri(), waits);
        if (known.isEmpty() || (!waits && !known.get().isDone())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        // The document may close while its look goes on.
        return known.get().thenApply(Optional::of).exceptionally(closed -> Optional.empty());
    }

    private static List<String> only(CodeActionParams params) {
        return params.getContext() == null ? null : params.getContext().getOnly();
    }

    /** The actions for a text that was analysed. */
    public List<Either<Command, CodeAction>> answer(CodeActionParams params, Snapshot snapshot) {
        List<String> only = only(params);
        List<Either<Command, CodeAction>> actions = new ArrayList<>();
        if (wanted(only, CodeActionKind.QuickFix)) {
            for (Finding finding : snapshot.findings()) {
                if (touches(finding, snapshot.document(), params.getRange())) {
                    quickFixes(finding, snapshot)
                            .forEach(action -> actions.add(Either.forRight(action)));
                }
            }
        }
        if (wanted(only, FIX_ALL)) {
            fixAll(snapshot).ifPresent(action -> actions.add(Either.forRight(action)));
        }
        return actions;
    }

    /** A wish for a kind is a wish for all kinds below it. */
    private static boolean wanted(List<String> only, String kind) {
        return only == null
                || only.isEmpty()
                || only.stream().anyMatch(o -> kind.equals(o) || kind.startsWith(o + "."));
    }

    private boolean touches(Finding finding, Document document, Range range) {
        Range place = places.range(finding.range(), document.text());
        return place.getStart().getLine() <= range.getEnd().getLine()
                && place.getEnd().getLine() >= range.getStart().getLine();
    }

    private List<CodeAction> quickFixes(Finding finding, Snapshot snapshot) {
        List<CodeAction> actions = new ArrayList<>();
        for (Fix fix : finding.fixes()) {
            CodeAction action = action(fix.title(), CodeActionKind.QuickFix, fix.edits());
            action.setIsPreferred(fix.safe());
            actions.add(action);
        }
        Suppression suppression = new Suppression(snapshot.document().text(), finding);
        suppression
                .onThisLine()
                .ifPresent(
                        edit ->
                                actions.add(
                                        action(
                                                "Silence " + finding.rule() + " on this line",
                                                CodeActionKind.QuickFix,
                                                List.of(edit))));
        suppression
                .onLineAbove()
                .ifPresent(
                        edit ->
                                actions.add(
                                        action(
                                                "Silence "
                                                        + finding.rule()
                                                        + " with a comment above",
                                                CodeActionKind.QuickFix,
                                                List.of(edit))));
        actions.forEach(action -> action.setDiagnostics(List.of(writer.write(finding, snapshot))));
        return actions;
    }

    private Optional<CodeAction> fixAll(Snapshot snapshot) {
        Path file = snapshot.document().path().orElseThrow();
        List<Finding> local =
                snapshot.findings().stream()
                        .filter(
                                f ->
                                        f.fixes().stream()
                                                .flatMap(fix -> fix.edits().stream())
                                                .allMatch(e -> e.range().file().equals(file)))
                        .toList();
        FixPlan plan = FixPlan.of(local, false);
        return Optional.ofNullable(plan.edits().get(file))
                .map(e -> action("Fix all that microvisor can fix safely", FIX_ALL, e));
    }

    private CodeAction action(
            String title, String kind, List<dev.microvisor.analysis.TextEdit> changes) {
        CodeAction action = new CodeAction(title);
        action.setKind(kind);
        WorkspaceEdit edit = edits.write(changes);
        action.setEdit(edit);
        return action;
    }
}
