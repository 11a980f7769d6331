package dev.microvisor.lsp.requests;

import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.lsp.document.CodeScan;
import dev.microvisor.lsp.document.Document;
import dev.microvisor.lsp.document.Documents;
import dev.microvisor.lsp.document.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * {@code textDocument/inlayHint}: the number behind each status and event constant, which is what
 * logs and debuggers of devices show.
 */
public final class InlayHintRequest {
    private static final Pattern CONSTANT = Pattern.compile("\\bMV_[A-Z0-9_]+\\b");

    /** Hints that are sent for one range. */
    private static final int MAX_HINTS = 1000;

    private final Documents documents;
    private final Places places;
    private final Catalog catalog;
    private final Predicate<Document> enabled;

    public InlayHintRequest(
            Documents documents, Places places, Catalog catalog, Predicate<Document> enabled) {
        this.documents = documents;
        this.places = places;
        this.catalog = catalog;
        this.enabled = enabled;
    }

    public List<InlayHint> answer(InlayHintParams params) {
        Optional<Document> document = documents.get(params.getTextDocument().getUri());
        if (document.filter(enabled).isEmpty()) {
            return List.of();
        }
        SourceText text = document.get().text();
        int start = places.offset(text, params.getRange().getStart());
        int end = places.offset(text, params.getRange().getEnd());
        List<InlayHint> hints = new ArrayList<>();
        Matcher constant =
                CONSTANT.matcher(CodeScan.blank(text.content()))
                        .region(start, Math.max(start, end));
        while (constant.find() && hints.size() < MAX_HINTS) {
            int after = constant.end();
            catalog.constant(constant.group())
                    .ifPresent(
                            known ->
                                    hints.add(
                                            new InlayHint(
                                                    places.position(text, after),
                                                    Either.forLeft(
                                                            " = 0x"
                                                                    + Long.toHexString(
                                                                            known.value())))));
        }
        return hints;
    }
}
