package dev.microvisor.lsp.requests;

import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Reference;
import dev.microvisor.lsp.document.FieldAccess;
import dev.microvisor.lsp.document.Word;
import java.util.Optional;

/** What the catalog says about a name in a source. */
final class ApiPages {
    private final Catalog catalog;
    private final Reference reference;

    ApiPages(Catalog catalog) {
        this.catalog = catalog;
        this.reference = new Reference(catalog);
    }

    /** Markdown, or empty when the name is not one of the API's. */
    Optional<String> of(SourceText text, Word word) {
        Optional<FieldAccess> access = FieldAccess.at(text, word);
        if (access.isPresent()) {
            return field(access.get());
        }
        return isApiName(word.name()) ? reference.of(word.name()) : Optional.empty();
    }

    /** Parameters have aliases too, but a bare {@code handle} is anybody's name. */
    private static boolean isApiName(String name) {
        return name.startsWith("mv") || name.startsWith("MV_") || name.startsWith("Mv");
    }

    /** A field of a structure that the text declares; a guess would be worse than silence. */
    private Optional<String> field(FieldAccess access) {
        return access.struct()
                .filter(s -> catalog.struct(s).isPresent())
                .flatMap(s -> reference.of(s + "." + access.path()));
    }
}
