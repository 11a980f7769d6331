package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.ir.Function;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Flags two notification centres on one interrupt. */
public final class IrqReused implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "irq-reused",
                    Severity.ERROR,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.INTERRUPTS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        List<Centre> before = new ArrayList<>();
        List<Centre> all = Centre.all(check);
        for (Centre centre : all) {
            for (Centre other : before) {
                boolean same =
                        centre.irq().isPresent()
                                && centre.irq().equals(other.irq())
                                && centre.ring().isPresent()
                                && other.ring().isPresent()
                                && !centre.ring().equals(other.ring());
                if (same) {
                    Report report =
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
                                            "the other centre takes it here");
                    free(centre, all, check).ifPresent(report::fix);
                    check.report(report);
                }
            }
            before.add(centre);
        }
    }

    /** The one interrupt that has a handler and no centre. */
    private static Optional<Fix> free(Centre centre, List<Centre> all, Check check) {
        Set<Long> used = new HashSet<>();
        all.forEach(c -> c.irq().ifPresent(used::add));
        Set<Long> free = new TreeSet<>();
        for (Function function : check.program().functions()) {
            check.facts()
                    .vectors()
                    .irq(function.name())
                    .map(n -> (long) n)
                    .filter(n -> !used.contains(n))
                    .ifPresent(free::add);
        }
        SourceRange where = CentrePlaces.irq(centre, check);
        boolean written = !where.equals(centre.setup().call().nameRange());
        if (free.size() != 1 || !written) {
            return Optional.empty();
        }
        long irq = free.iterator().next();
        String handler = check.facts().vectors().handler(irq).orElse("");
        return Optional.of(
                Edits.suggestion(
                        "Use interrupt " + irq + ", which " + handler + " serves",
                        new TextEdit(where, Long.toString(irq))));
    }
}
