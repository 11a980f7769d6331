package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Function;

/** Flags a C++ interrupt handler whose mangled name the vector table does not find. */
public final class IsrCLinkage implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "isr-c-linkage", Severity.ERROR, RuleInfo.Fixing.SAFE, RuleInfo.Tag.INTERRUPTS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        if (function.cLinkage() || !check.facts().vectors().isVector(function.name())) {
            return;
        }
        SourceRange range = function.range();
        SourceRange start =
                new SourceRange(
                        range.file(),
                        range.startLine(),
                        range.startColumn(),
                        range.startLine(),
                        range.startColumn());
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                function.nameRange(),
                                function.name() + " has C++ linkage")
                        .why(
                                "its name is mangled, the vector table keeps the default handler, and"
                                        + " the first interrupt hangs the application")
                        .help("declare it extern \"C\"");
        if (function.key().equals(function.name())) {
            report.safeFix("Give it C linkage", start, "extern \"C\" ");
        }
        check.report(report);
    }
}
