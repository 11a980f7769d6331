package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Constraint;
import java.util.Optional;

/** Flags a request timeout that Microvisor does not take; missing ones are 0. */
public final class TimeoutRange implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "timeout-range",
                    Severity.ERROR,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.BUFFERS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCallInContext(CallSite site, Check check) {
        onCall(site, check);
    }

    @Override
    public void onCall(CallSite site, Check check) {
        for (ContractValue value : check.values(site)) {
            for (Constraint constraint : value.constraints()) {
                if (constraint instanceof Constraint.Range range
                        && isTimeout(range, check.catalog())) {
                    check(value, range, check);
                }
            }
        }
    }

    static boolean isTimeout(Constraint.Range range, Catalog catalog) {
        return range.min() == catalog.limit("http-timeout-min-ms")
                && range.max() == catalog.limit("http-timeout-max-ms");
    }

    private static void check(ContractValue value, Constraint.Range range, Check check) {
        Optional<Long> number = value.value().number();
        boolean unset = value.value() instanceof Value.Unset;
        if (!unset
                && (number.isEmpty()
                        || (number.get() >= range.min() && number.get() <= range.max()))) {
            return;
        }
        SourceRange where = value.written();
        CallSite site = value.site();
        Report report =
                Report.of(
                                INFO,
                                site.function().name(),
                                where,
                                unset
                                        ? value.name() + " is not set"
                                        : value.name()
                                                + " is "
                                                + number.get()
                                                + ", outside "
                                                + range.min()
                                                + " to "
                                                + range.max())
                        .why("the request ends with MV_HTTPRESULT_INVALIDTIMEOUT, nothing is sent")
                        .help("choose " + range.min() + " to " + range.max() + " milliseconds")
                        .note(site.call().nameRange(), "passed to " + site.call().name() + " here");
        if (number.isPresent() && !where.equals(site.call().nameRange())) {
            long nearest = number.get() < range.min() ? range.min() : range.max();
            report.safeFix("Make it " + nearest, where, Long.toString(nearest));
        }
        check.report(report);
    }
}
