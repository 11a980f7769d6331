package dev.microvisor.catalog;

import java.util.List;

/** Reads and checks the catalog's files. */
final class CatalogReader {
    private CatalogReader() {}

    static Catalog readBundled() {
        return new Catalog(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
