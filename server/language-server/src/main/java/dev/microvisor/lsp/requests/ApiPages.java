package dev.microvisor.lsp.requests;

import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.lsp.document.Word;
import java.util.Optional;

/** What the catalog says about a name in a source. */
final class ApiPages {
    private final Catalog catalog;

    ApiPages(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Markdown, or empty when the name is not one of the API's. */
    Optional<String> of(SourceText text, Word word) {
        return catalog.call(word.name()).map(ApiPages::call);
    }

    private static String call(SystemCall call) {
        return "```c\n" + call.prototype() + "\n```\n" + call.summary();
    }
}
