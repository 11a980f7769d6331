package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;

/**
 * Flags a {@code NOLINTBEGIN} that nothing ends and a {@code NOLINTEND} that nothing began. The
 * linter itself reports it.
 */
public final class UnmatchedSuppression implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("unmatched-suppression", Severity.WARNING, RuleInfo.Fixing.SAFE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** A finding in the making. */
    public static Report report(SourceRange where, String message) {
        return Report.of(INFO, "", where, message)
                .why("where a stretch has only one end nobody can tell what it was meant to allow");
    }
}
