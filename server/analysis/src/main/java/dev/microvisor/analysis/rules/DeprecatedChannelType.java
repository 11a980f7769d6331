package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.catalog.Constraint;

/** Flags constants that still work and should no longer be passed, such as plain byte channels. */
public final class DeprecatedChannelType implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "deprecated-channel-type",
                    Severity.WARNING,
                    RuleInfo.Tag.DEPRECATED,
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
                if (constraint instanceof Constraint.DeprecatedValue old
                        && value.value().number().isPresent()
                        && value.value()
                                .number()
                                .equals(ContractValue.constant(old.constant(), check.catalog()))) {
                    check.report(
                            Report.of(
                                            INFO,
                                            site.function().name(),
                                            value.written(),
                                            old.constant() + " is deprecated")
                                    .why(
                                            "a firmware update of Microvisor may remove it, and the"
                                                    + " channel then no longer opens")
                                    .help(old.replacement())
                                    .note(
                                            site.call().nameRange(),
                                            "passed as " + value.name() + " here"));
                }
            }
        }
    }
}
