package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;

/** Flags {@code allow(…)} without a word of why. The linter itself reports it. */
public final class SuppressionWithoutReason implements Rule {
    private static final RuleInfo INFO = new RuleInfo("suppression-without-reason", Severity.NOTE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** A finding in the making. */
    public static Report report(SourceRange where, String message) {
        return Report.of(INFO, "", where, message + " without a reason")
                .why("whoever reads the code next cannot tell whether it still holds")
                .help("write the reason after the parenthesis");
    }
}
