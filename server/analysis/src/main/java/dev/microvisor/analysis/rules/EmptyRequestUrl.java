package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.catalog.Constraint;

/** Flags a text that a request cannot do without and that is empty or was never set. */
public final class EmptyRequestUrl implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "empty-request-url",
                    Severity.WARNING,
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
        Verdicts verdicts = check.memory(this, Verdicts.class, Verdicts::new);
        for (ContractValue value : check.values(site)) {
            boolean needed =
                    value.constraints().stream()
                            .anyMatch(
                                    c ->
                                            (c instanceof Constraint.Length l && l.min() > 0)
                                                    || (c instanceof Constraint.RequiredWith r
                                                            && isSet(value.sibling(r.of()))));
            if (needed) {
                check(site, value, verdicts, check);
            }
        }
    }

    /** True for a number that is known not to be 0. */
    private static boolean isSet(Value value) {
        return value.number().filter(n -> n != 0).isPresent();
    }

    private static void check(CallSite site, ContractValue text, Verdicts verdicts, Check check) {
        for (ContractValue part : check.values(site)) {
            boolean length =
                    part.scope().equals(text.path())
                            && part.constraints().stream()
                                    .anyMatch(c -> c instanceof Constraint.LengthOf);
            boolean unset = part.value() instanceof Value.Unset;
            boolean empty = part.value().number().filter(n -> n == 0).isPresent();
            if (length && (unset || empty)) {
                report(site, text, part, unset, verdicts, check);
            } else if (length) {
                verdicts.good(part);
            }
        }
    }

    private static void report(
            CallSite site,
            ContractValue text,
            ContractValue part,
            boolean unset,
            Verdicts verdicts,
            Check check) {
        Report report =
                Report.of(
                                INFO,
                                site.function().name(),
                                part.written(),
                                text.name() + " is " + (unset ? "not set" : "empty"))
                        .why(site.call().name() + " needs it; without it the request fails")
                        .help("set data and length of " + text.name())
                        .note(site.call().nameRange(), "passed here");
        if (part.path().contains("[")) {
            // A loop fills the elements, and one of its paths has no round.
            verdicts.bad(part, report);
        } else {
            check.report(report);
        }
    }

    @Override
    public void checkProgram(Check check) {
        check.memory(this, Verdicts.class, Verdicts::new).report(check);
    }
}
