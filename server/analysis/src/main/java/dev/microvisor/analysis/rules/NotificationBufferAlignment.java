package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Group;

/** Flags a notification ring whose address is not certain to be aligned for its records. */
public final class NotificationBufferAlignment implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-buffer-alignment",
                    Severity.WARNING,
                    RuleInfo.Fixing.SAFE,
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
            for (Constraint constraint : value.constraints()) {
                if (value.group() == Group.NOTIFICATIONS
                        && constraint instanceof Constraint.Align align
                        && value.applies(align, check.catalog())) {
                    BufferAlignment.check(
                            INFO,
                            value,
                            align,
                            "its records hold 64-bit times; Microvisor wants them aligned",
                            check);
                }
            }
        }
    }
}
