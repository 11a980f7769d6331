package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Function;

/** Flags calls that the contract wants gone. */
public final class DeprecatedApi implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "deprecated-api",
                    Severity.WARNING,
                    RuleInfo.Tag.DEPRECATED,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        function.calls()
                .filter(c -> check.program().function(c.callee()).isEmpty())
                .forEach(
                        call ->
                                check.catalog()
                                        .call(call.callee())
                                        .flatMap(c -> c.deprecated())
                                        .ifPresent(
                                                d ->
                                                        check.report(
                                                                Report.of(
                                                                                INFO,
                                                                                function.name(),
                                                                                call.nameRange(),
                                                                                call.name()
                                                                                        + " is"
                                                                                        + " deprecated")
                                                                        .why(d.reason())
                                                                        .help(d.replacement()))));
    }
}
