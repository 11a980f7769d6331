package dev.microvisor.analysis.text;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fixes that can be applied together, in one step.
 *
 * <p>A fix is taken whole or not at all. One that touches what an earlier one changes waits for the
 * next round, after the file was analysed again; the same edit wanted by two findings (one
 * attribute that mends two reports) is made once.
 *
 * @param fixed the findings that a chosen fix belongs to
 * @param edits by file, without overlaps
 */
public record FixPlan(List<Finding> fixed, Map<Path, List<TextEdit>> edits) {
    public FixPlan {
        fixed = List.copyOf(fixed);
    }

    /** Chooses the first suitable fix of each finding, in the findings' order. */
    public static FixPlan of(List<Finding> findings, boolean unsafeToo) {
        List<Finding> fixed = new ArrayList<>();
        Set<TextEdit> chosen = new LinkedHashSet<>();
        for (Finding finding : findings) {
            Optional<Fix> fix =
                    finding.fixes().stream()
                            .filter(f -> f.safe() || unsafeToo)
                            .filter(f -> !f.edits().isEmpty())
                            .findFirst();
            if (fix.isPresent() && fits(fix.get(), chosen)) {
                chosen.addAll(fix.get().edits());
                fixed.add(finding);
            }
        }
        Map<Path, List<TextEdit>> byFile = new TreeMap<>();
        for (TextEdit edit : chosen) {
            byFile.computeIfAbsent(edit.range().file(), f -> new ArrayList<>()).add(edit);
        }
        return new FixPlan(fixed, byFile);
    }

    private static boolean fits(Fix fix, Set<TextEdit> chosen) {
        for (TextEdit edit : fix.edits()) {
            for (TextEdit other : chosen) {
                if (!edit.equals(other) && touch(edit.range(), other.range())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Two insertions at one place touch as well: their order would be an accident. */
    private static boolean touch(SourceRange a, SourceRange b) {
        return a.file().equals(b.file())
                && !before(a.endLine(), a.endColumn(), b.startLine(), b.startColumn())
                && !before(b.endLine(), b.endColumn(), a.startLine(), a.startColumn());
    }

    private static boolean before(int lineA, int columnA, int lineB, int columnB) {
        return lineA < lineB || (lineA == lineB && columnA < columnB);
    }
}
