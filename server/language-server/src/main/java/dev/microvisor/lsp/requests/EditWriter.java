package dev.microvisor.lsp.requests;

import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.lsp.document.Documents;
import dev.microvisor.lsp.document.Places;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.WorkspaceEdit;

/** Edits as the protocol writes them. */
final class EditWriter {
    private final Documents documents;
    private final Places places;

    EditWriter(Documents documents, Places places) {
        this.documents = documents;
        this.places = places;
    }

    /** Written as plain changes by file, the form that every client understands. */
    WorkspaceEdit write(List<TextEdit> edits) {
        Map<String, List<org.eclipse.lsp4j.TextEdit>> changes = new LinkedHashMap<>();
        for (TextEdit edit : edits) {
            String uri = places.uri(edit.range().file());
            SourceText text = documents.textOf(edit.range().file());
            changes.computeIfAbsent(uri, u -> new ArrayList<>())
                    .add(
                            new org.eclipse.lsp4j.TextEdit(
                                    places.range(edit.range(), text), edit.newText()));
        }
        return new WorkspaceEdit(changes);
    }
}
