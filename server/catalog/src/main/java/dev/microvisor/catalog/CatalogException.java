package dev.microvisor.catalog;

/** The catalog's files contradict their own rules; the message names file, entry and mistake. */
public final class CatalogException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    CatalogException(String where, String what) {
        super("catalog " + where + ": " + what);
    }
}
