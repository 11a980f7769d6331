package dev.microvisor.lsp.requests;

import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.lsp.document.CallText;
import dev.microvisor.lsp.document.Document;
import dev.microvisor.lsp.document.Documents;
import dev.microvisor.lsp.document.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;

/**
 * {@code textDocument/codeLens}: above each call that opens something, how often this file uses
 * what it opens and where it closes it. Handles are told apart by how they are written.
 */
public final class CodeLensRequest {
    private final Documents documents;
    private final Places places;
    private final Catalog catalog;
    private final Predicate<Document> enabled;

    public CodeLensRequest(
            Documents documents, Places places, Catalog catalog, Predicate<Document> enabled) {
        this.documents = documents;
        this.places = places;
        this.catalog = catalog;
        this.enabled = enabled;
    }

    public List<CodeLens> answer(CodeLensParams params) {
        Optional<Document> document = documents.get(params.getTextDocument().getUri());
        if (document.filter(enabled).isEmpty()) {
            return List.of();
        }
        SourceText text = document.get().text();
        List<CallText> calls = CallText.all(text, name -> catalog.call(name).isPresent());
        List<CodeLens> lenses = new ArrayList<>();
        for (CallText call : calls) {
            for (Effect effect : effects(call)) {
                if (effect instanceof Effect.Acquires acquires) {
                    handle(call, acquires.place())
                            .ifPresent(
                                    handle ->
                                            lenses.add(lens(text, call, acquires, handle, calls)));
                }
            }
        }
        return lenses;
    }

    private List<Effect> effects(CallText call) {
        return catalog.call(call.name()).map(SystemCall::effects).orElse(List.of());
    }

    /** The argument at a place, without the address operator. */
    private Optional<String> handle(CallText call, String place) {
        int index = catalog.call(call.name()).map(c -> c.parameterIndex(place)).orElse(-1);
        return index < 0 || index >= call.arguments().size()
                ? Optional.empty()
                : Optional.of(call.arguments().get(index).replaceAll("[&\\s()]", ""));
    }

    private CodeLens lens(
            SourceText text,
            CallText opening,
            Effect.Acquires acquires,
            String handle,
            List<CallText> calls) {
        int uses = 0;
        List<Integer> closings = new ArrayList<>();
        for (CallText call : calls) {
            boolean closes = false;
            boolean usesIt = false;
            for (Effect effect : effects(call)) {
                boolean same = handle(call, effect.place()).filter(handle::equals).isPresent();
                closes |= same && effect instanceof Effect.Releases;
                usesIt |= same && effect instanceof Effect.Uses;
            }
            if (closes) {
                closings.add(text.lineAt(call.start()) + 1);
            } else if (usesIt) {
                uses++;
            }
        }
        String closed =
                closings.isEmpty()
                        ? "not closed in this file"
                        : "closed in line "
                                + closings.stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", "));
        String title =
                acquires.resource()
                        + " "
                        + handle
                        + ": "
                        + uses
                        + (uses == 1 ? " use, " : " uses, ")
                        + closed;
        int end = opening.start() + opening.name().length();
        // A command without a name is a title that cannot be clicked, as the protocol wants it.
        return new CodeLens(places.range(text, opening.start(), end), new Command(title, ""), null);
    }
}
