package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Flags a handler that takes one record for each interrupt, however many were posted. */
public final class NotificationSingleDrain implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("notification-single-drain", Severity.NOTE, RuleInfo.Tag.NOTIFICATIONS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Centre centre : Centre.all(check)) {
            if (centre.ring().isPresent() && centre.handler().isPresent()) {
                check(centre, centre.handler().get(), centre.ring().get(), check);
            }
        }
    }

    private static void check(Centre centre, Function handler, Ring ring, Check check) {
        Set<Function> code = centre.handlerCode(check);
        RingUse use = new RingUse(ring, check);
        List<RingUse.Mention> taken =
                use.mentions(code).stream().filter(m -> !isFixed(m.record())).toList();
        Set<Function> repeated = repeated(handler, check);
        boolean looped =
                taken.stream()
                        .anyMatch(
                                m ->
                                        repeated.contains(m.function())
                                                || inLoop(m.function(), m.block()));
        boolean elsewhere =
                check.program().functions().stream()
                        .filter(f -> !code.contains(f))
                        .anyMatch(f -> use.mentions(f).stream().anyMatch(m -> takes(m, ring)));
        Optional<RingUse.Mention> first =
                taken.stream().filter(NotificationSingleDrain::isRead).findFirst();
        if (looped || elsewhere || first.isEmpty()) {
            return;
        }
        check.report(
                Report.of(
                                INFO,
                                first.get().function().name(),
                                first.get()
                                        .instr()
                                        .map(Instr::range)
                                        .orElse(first.get().root().range()),
                                "one record is taken for each interrupt")
                        .why(
                                "two records posted while the interrupt is pending raise"
                                        + " it once; the second one waits until the next"
                                        + " notification")
                        .help("loop until the record at the index has no event, and clear each"));
    }

    /** A record whose index is a number is another mistake. */
    private static boolean isFixed(Expr record) {
        return record instanceof Expr.Index i && i.index().uncast() instanceof Expr.Num;
    }

    /** Anything but the place that a store writes to. */
    private static boolean isRead(RingUse.Mention mention) {
        return mention.instr()
                .filter(Instr.Store.class::isInstance)
                .map(s -> !((Instr.Store) s).place().equals(mention.root()))
                .orElse(true);
    }

    /** True when code outside of the handler looks at records of this ring by name. */
    private static boolean takes(RingUse.Mention mention, Ring ring) {
        return mention.record() instanceof Expr.Index i
                && ring.is(i.base())
                && !isFixed(mention.record())
                && isRead(mention);
    }

    /** Functions that a handler calls in a loop, or that call themselves. */
    private static Set<Function> repeated(Function handler, Check check) {
        Set<Function> repeated = new HashSet<>();
        for (Function function : check.facts().graph().reachable(handler)) {
            for (Block block : function.blocks()) {
                for (Instr instr : block.instructions()) {
                    Optional<Function> callee =
                            instr instanceof Instr.Call call
                                    ? check.program().function(call.callee())
                                    : Optional.empty();
                    if (callee.isPresent()
                            && (inLoop(function, block)
                                    || check.facts()
                                            .graph()
                                            .reachable(callee.get())
                                            .contains(function))) {
                        repeated.addAll(check.facts().graph().reachable(callee.get()));
                    }
                }
            }
        }
        return repeated;
    }

    private static boolean inLoop(Function function, Block block) {
        return function.loops().stream().anyMatch(l -> l.blocks().contains(block.id()));
    }
}
