package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.catalog.Constraint;

/** Flags a receive buffer of the smallest size that there is: few answers fit. */
public final class ReceiveBufferTooSmall implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "receive-buffer-too-small",
                    Severity.NOTE,
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
                // Only what is received has a size that depends on the kind of channel.
                if (constraint instanceof Constraint.MultipleOf multiple
                        && !multiple.when().isEmpty()
                        && value.applies(multiple, check.catalog())
                        && value.value().number().filter(n -> n == multiple.factor()).isPresent()) {
                    check.report(
                            Report.of(
                                            INFO,
                                            site.function().name(),
                                            value.written(),
                                            value.name() + " is only " + multiple.factor())
                                    .why(
                                            "headers and body of a response must fit; a larger one"
                                                    + " ends with MV_HTTPRESULT_RESPONSETOOLARGE")
                                    .help("give it some more multiples of " + multiple.factor())
                                    .note(site.call().nameRange(), "passed here"));
                }
            }
        }
    }
}
