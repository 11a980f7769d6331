package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;

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
                check(centre.handler().get(), centre.ring().get(), check);
            }
        }
    }

    private static void check(Function handler, Variable ring, Check check) {
        List<Expr> uses =
                check.program().functions().stream()
                        .flatMap(RecordReads::expressions)
                        .filter(e -> isElement(e, ring))
                        .toList();
        boolean many = ring.type().plain() instanceof CType.Array array && array.count() > 1;
        Optional<Expr> first =
                RecordReads.expressions(handler).filter(e -> isElement(e, ring)).findFirst();
        // The address of a record, or of the ring, may be what the records are walked with.
        List<Function> code = List.copyOf(check.facts().graph().reachable(handler));
        long mentions =
                code.stream()
                        .flatMap(RecordReads::expressions)
                        .filter(e -> e instanceof Expr.Var v && v.variable().equals(ring))
                        .count();
        long elements =
                code.stream()
                        .flatMap(RecordReads::expressions)
                        .filter(e -> isElement(e, ring))
                        .count();
        boolean elsewhere = mentions != elements || RecordReads.escapes(code, check);
        if (many
                && first.isPresent()
                && !elsewhere
                && uses.stream().allMatch(NotificationRingNotWalked::isFirst)) {
            check.report(
                    Report.of(
                                    INFO,
                                    handler.name(),
                                    first.get().range(),
                                    "only the first record of '" + ring.name() + "' is ever read")
                            .why(
                                    "Microvisor writes each notification into the next record: from the"
                                            + " second one on the handler looks at an old one")
                            .help(
                                    "keep an index and move it on for each record, modulo their number")
                            .note(ring.declaration().name(), "the ring is declared here"));
        }
    }

    private static boolean isElement(Expr e, Variable ring) {
        return e instanceof Expr.Index i
                && i.base().uncast() instanceof Expr.Var v
                && v.variable().equals(ring);
    }

    private static boolean isFirst(Expr e) {
        return e instanceof Expr.Index i
                && i.index().uncast() instanceof Expr.Num n
                && n.value() == 0;
    }
}
