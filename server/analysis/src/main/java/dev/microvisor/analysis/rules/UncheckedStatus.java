package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.StatusCase;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.catalog.Tier;

/** Flags a system call whose status nobody looks at. {@code (void)} says that this is meant. */
public final class UncheckedStatus implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "unchecked-status",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.STATUS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        EmptyTests empty = EmptyTests.in(function, check);
        function.calls()
                .filter(
                        c ->
                                c.use() == Instr.ResultUse.DISCARDED
                                        || (c.use() == Instr.ResultUse.USED
                                                && empty.areAllOf(c, function)))
                .filter(c -> c.origin() != Instr.Origin.HEADER_MACRO)
                .filter(c -> check.program().function(c.callee()).isEmpty())
                .forEach(
                        call ->
                                check.catalog()
                                        .call(call.callee())
                                        .ifPresent(c -> report(function, call, c, check)));
    }

    private static void report(
            Function function, Instr.Call call, SystemCall contract, Check check) {
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                call.nameRange(),
                                "the status of "
                                        + contract.name()
                                        + (call.use() == Instr.ResultUse.USED
                                                ? " is tested, and nothing depends on it"
                                                : " is ignored"))
                        .severity(severity(contract.tier()))
                        .why(why(contract))
                        .help(
                                "test the returned status against MV_STATUS_OKAY, or write (void)"
                                        + " in front to say that it does not matter here");
        Edits.ignoreOnPurpose(call, report);
        check.report(report);
    }

    private static Severity severity(Tier tier) {
        return switch (tier) {
            case MUST_CHECK -> Severity.WARNING;
            case SHOULD_CHECK -> Severity.NOTE;
            case MAY_IGNORE -> Severity.HINT;
        };
    }

    private static String why(SystemCall contract) {
        if (contract.statuses().isEmpty()) {
            return "";
        }
        StringBuilder names = new StringBuilder();
        int shown = 0;
        for (StatusCase status : contract.statuses()) {
            if (shown == 4) {
                names.append(", …");
                break;
            }
            names.append(shown++ == 0 ? "" : ", ")
                    .append(status.status().replaceFirst("^MV_STATUS_", ""));
        }
        return "it can fail with "
                + names
                + "; what it should have done or written is then missing";
    }
}
