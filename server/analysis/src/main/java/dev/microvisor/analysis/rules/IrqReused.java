package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import java.util.ArrayList;
import java.util.List;

/** Flags two notification centres on one interrupt. */
public final class IrqReused implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("irq-reused", Severity.ERROR, RuleInfo.Fixing.SUGGESTED, RuleInfo.Tag.INTERRUPTS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        List<Centre> before = new ArrayList<>();
        for (Centre centre : Centre.all(check)) {
            for (Centre other : before) {
                boolean same =
                        centre.irq().isPresent()
                                && centre.irq().equals(other.irq())
                                && centre.ring().isPresent()
                                && other.ring().isPresent()
                                && !centre.ring().equals(other.ring());
                if (same) {
                    check.report(
                            Report.of(
                                            INFO,
                                            centre.setup().function().name(),
                                            CentrePlaces.irq(centre, check),
                                            "interrupt "
                                                    + centre.irq().get()
                                                    + " already serves another centre")
                                    .why(
                                            centre.setup().contract().name()
                                                    + " answers MV_STATUS_INVALIDINTERRUPT while the"
                                                    + " other centre exists")
                                    .help(
                                            "use another interrupt, or share one centre and tell the"
                                                    + " sources apart by tag")
                                    .note(
                                            CentrePlaces.irq(other, check),
                                            "the other centre takes it here"));
                }
            }
            before.add(centre);
        }
    }
}
