package dev.microvisor.dap.request;

import dev.microvisor.symbols.value.ValueFormat;

/** How the client wants numbers written. */
final class Formats {
    private Formats() {}

    static ValueFormat of(org.eclipse.lsp4j.debug.ValueFormat wanted) {
        boolean hex = wanted != null && Boolean.TRUE.equals(wanted.getHex());
        return hex ? ValueFormat.HEXADECIMAL : ValueFormat.NATURAL;
    }
}
