package dev.microvisor.lsp.requests;

import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.lsp.document.Document;
import dev.microvisor.lsp.document.Documents;
import dev.microvisor.lsp.document.Places;
import dev.microvisor.lsp.document.Word;
import java.util.Optional;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;

/**
 * {@code textDocument/hover}: the contract of a Microvisor call, status, constant, structure or
 * field. Silent on every other name, because clangd speaks there.
 */
public final class HoverRequest {
    private final Documents documents;
    private final Places places;
    private final ApiPages pages;

    public HoverRequest(Documents documents, Places places, Catalog catalog) {
        this.documents = documents;
        this.places = places;
        this.pages = new ApiPages(catalog);
    }

    public Optional<Hover> answer(HoverParams params) {
        Optional<Document> document = documents.get(params.getTextDocument().getUri());
        if (document.isEmpty()) {
            return Optional.empty();
        }
        SourceText text = document.get().text();
        Optional<Word> word = Word.at(text, places.offset(text, params.getPosition()));
        return word.flatMap(w -> pages.of(text, w).map(markdown -> hover(text, w, markdown)));
    }

    private Hover hover(SourceText text, Word word, String markdown) {
        return new Hover(
                new MarkupContent(MarkupKind.MARKDOWN, markdown),
                places.range(text, word.start(), word.end()));
    }
}
