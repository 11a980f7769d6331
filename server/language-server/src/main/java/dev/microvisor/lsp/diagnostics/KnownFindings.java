package dev.microvisor.lsp.diagnostics;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.lsp.document.LineChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The findings of a document between a quick and a full look at it.
 *
 * <p>A quick look does not see what needs headers or other files. Such findings stay, moved along
 * with the text, until the next full look, so that they do not blink at each keystroke; one whose
 * own lines were edited goes at once. Guarded by its worker.
 */
final class KnownFindings {
    private List<Finding> full = List.of();
    private Set<String> seenQuickly = Set.of();

    List<Finding> quick(List<Finding> findings) {
        List<Finding> all = new ArrayList<>(findings);
        Set<String> now = new HashSet<>();
        findings.forEach(f -> now.add(key(f)));
        for (Finding finding : full) {
            if (!now.contains(key(finding)) && !seenQuickly.contains(key(finding))) {
                all.add(finding);
            }
        }
        seenQuickly = now;
        return all;
    }

    List<Finding> full(List<Finding> findings) {
        full = List.copyOf(findings);
        return full;
    }

    void edited(List<LineChange> changes) {
        for (LineChange change : changes) {
            full =
                    full.stream()
                            .filter(f -> !touches(f.range(), change))
                            .map(f -> moved(f, change))
                            .toList();
        }
    }

    private static boolean touches(SourceRange range, LineChange change) {
        return range.startLine() <= change.lastLine() && range.endLine() >= change.firstLine();
    }

    /** Fixes and steps are dropped: their places may have moved otherwise. */
    private static Finding moved(Finding f, LineChange change) {
        boolean below = f.range().startLine() > change.lastLine();
        SourceRange range = f.range();
        SourceRange shifted =
                below
                        ? new SourceRange(
                                range.file(),
                                range.startLine() + change.delta(),
                                range.startColumn(),
                                range.endLine() + change.delta(),
                                range.endColumn())
                        : range;
        return new Finding(
                f.rule(),
                f.severity(),
                shifted,
                f.function(),
                f.message(),
                f.why(),
                f.help(),
                List.of(),
                List.of());
    }

    /** A finding without its place. */
    private static String key(Finding f) {
        return f.rule() + "\n" + f.function() + "\n" + f.message();
    }
}
