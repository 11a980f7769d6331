package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import java.util.List;
import java.util.Set;

/** Flags a handler that only ever looks at the first record of the ring. */
public final class NotificationRingNotWalked implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-ring-not-walked", Severity.WARNING, RuleInfo.Tag.NOTIFICATIONS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Centre centre : Centre.all(check)) {
            if (centre.ring().isPresent() && centre.handler().isPresent()) {
                check(centre, centre.ring().get(), check);
            }
        }
    }

    private static void check(Centre centre, Ring ring, Check check) {
        Set<Function> code = centre.handlerCode(check);
        RingUse use = new RingUse(ring, check);
        List<RingUse.Mention> records = use.mentions(code);
        boolean others =
                check.program().functions().stream()
                        .filter(f -> !code.contains(f))
                        .flatMap(RecordReads::expressions)
                        .filter(e -> e instanceof Expr.Index i && ring.is(i.base()))
                        .anyMatch(e -> !use.isFirst(e));
        // The address of the ring, or of a record, may be what the records are walked with.
        if (ring.count() > 1
                && !records.isEmpty()
                && records.stream().allMatch(m -> use.isFirst(m.record(), m.function()))
                && code.stream().allMatch(use::namesOnlyFirst)
                && !RecordReads.escapes(code, check)
                && !others) {
            RingUse.Mention first = records.get(0);
            check.report(
                    Report.of(
                                    INFO,
                                    first.function().name(),
                                    first.record().range(),
                                    "only the first record of '" + ring.name() + "' is ever read")
                            .why(
                                    "Microvisor writes each notification into the next record: from the"
                                            + " second one on the handler looks at an old one")
                            .help(
                                    "keep an index and move it on for each record, modulo their number")
                            .note(ring.declared(), "the ring is declared here"));
        }
    }
}
