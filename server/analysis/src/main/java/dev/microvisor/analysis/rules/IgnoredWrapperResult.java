package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;

/** Flags a thrown-away result of a function that tells by it how a system call went. */
public final class IgnoredWrapperResult implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "ignored-wrapper-result",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.STATUS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Function function : check.program().functions()) {
            function.calls()
                    .filter(c -> c.use() == Instr.ResultUse.DISCARDED)
                    .filter(c -> c.origin() != Instr.Origin.HEADER_MACRO)
                    .forEach(call -> check(function, call, check));
        }
    }

    private static void check(Function function, Instr.Call call, Check check) {
        check.program()
                .function(call.callee())
                .filter(f -> !f.result().equals(CType.VOID))
                .ifPresent(
                        callee ->
                                check.facts()
                                        .statusResult(callee)
                                        .ifPresent(
                                                system ->
                                                        check.report(
                                                                report(
                                                                        function, call, callee,
                                                                        system))));
    }

    private static Report report(
            Function function, Instr.Call call, Function callee, String system) {
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                call.nameRange(),
                                "the result of "
                                        + call.name()
                                        + " is ignored; it tells whether "
                                        + system
                                        + " worked")
                        .why("what follows runs as if it had worked")
                        .help(
                                "test the result, or write (void) in front when it does not matter here")
                        .note(
                                callee.nameRange(),
                                call.name() + " returns what became of " + system);
        Edits.ignoreOnPurpose(call, report);
        return report;
    }
}
