package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.catalog.Group;

/** Flags notification rings that are too small, of odd size, or counted in records. */
public final class NotificationBufferSize implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-buffer-size",
                    Severity.ERROR,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.NOTIFICATIONS,
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
            if (value.group() == Group.NOTIFICATIONS) {
                new BufferLengths(INFO, value, check).checkMultiple();
            }
        }
    }
}
