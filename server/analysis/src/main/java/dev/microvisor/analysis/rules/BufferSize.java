package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Group;

/** Flags channel and log buffers of an unfit size, and lengths that reach past the buffer. */
public final class BufferSize implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "buffer-size",
                    Severity.ERROR,
                    RuleInfo.Fixing.SUGGESTED,
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
            if ((value.group() == Group.CHANNELS && !value.owner().equals("MvOpenChannelParams"))
                    || value.group() == Group.NOTIFICATIONS) {
                continue;
            }
            BufferLengths lengths = new BufferLengths(INFO, value, check);
            boolean buffer =
                    value.constraints().stream()
                            .anyMatch(
                                    c ->
                                            c instanceof Constraint.MultipleOf
                                                    && value.applies(c, check.catalog()));
            boolean counted =
                    value.constraints().stream().anyMatch(c -> c instanceof Constraint.LengthOf);
            if (buffer && counted) {
                lengths.checkMultiple();
            }
        }
    }
}
