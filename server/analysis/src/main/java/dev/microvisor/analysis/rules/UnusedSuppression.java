package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;

/**
 * Flags a comment that allows a rule where the rule says nothing. Known only when all rules have
 * spoken, so the linter itself reports it.
 */
public final class UnusedSuppression implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("unused-suppression", Severity.NOTE, RuleInfo.Fixing.SAFE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** A finding in the making. */
    public static Report report(SourceRange where, String message, String help) {
        return Report.of(INFO, "", where, message).help(help);
    }
}
