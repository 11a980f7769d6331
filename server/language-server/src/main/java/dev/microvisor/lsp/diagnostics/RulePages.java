package dev.microvisor.lsp.diagnostics;

import java.util.Optional;

/** Where the page of a rule can be read. */
@FunctionalInterface
public interface RulePages {
    /** An address that the editor can open. */
    Optional<String> address(String rule);
}
