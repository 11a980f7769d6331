package dev.microvisor.analysis;

import java.util.List;

/**
 * A way to mend a finding.
 *
 * @param title imperative, as a menu shows it
 * @param safe true when it may be applied without asking
 * @param edits do not overlap
 */
public record Fix(String title, boolean safe, List<TextEdit> edits) {
    public Fix {
        edits = List.copyOf(edits);
    }
}
