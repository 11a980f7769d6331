package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;

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
                reader(centre.handler().get(), centre.ring().get(), check)
                        .ifPresent(f -> check(f, centre.ring().get(), check));
            }
        }
    }

    /** The handler, or the one function that it leaves all to, as the method of a class. */
    private static Optional<Function> reader(Function handler, Variable ring, Check check) {
        if (reads(handler, ring)) {
            return Optional.of(handler);
        }
        List<Instr.Call> calls = handler.calls().toList();
        return calls.size() == 1 && handler.loops().isEmpty()
                ? check.program().function(calls.get(0).callee()).filter(f -> reads(f, ring))
                : Optional.empty();
    }

    private static boolean reads(Function function, Variable ring) {
        return function.instructions()
                .flatMap(i -> i.expressions().stream())
                .anyMatch(e -> Centre.element(e, ring).isPresent());
    }

    private static void check(Function handler, Variable ring, Check check) {
        Optional<Instr> first = Optional.empty();
        for (Block block : handler.blocks()) {
            for (Instr instr : block.instructions()) {
                boolean reads =
                        instr.expressions().stream()
                                .anyMatch(e -> Centre.element(e, ring).isPresent());
                if (reads && inLoop(handler, block)) {
                    return;
                }
                boolean value =
                        instr instanceof Instr.Store s
                                && Centre.element(s.value(), ring)
                                        .filter(i -> !(i.index() instanceof Expr.Num))
                                        .isPresent();
                if (value && first.isEmpty()) {
                    first = Optional.of(instr);
                }
            }
            if (block.exit() instanceof Block.Exit.Branch branch
                    && Centre.element(branch.condition(), ring).isPresent()
                    && inLoop(handler, block)) {
                return;
            }
        }
        first.ifPresent(
                instr ->
                        check.report(
                                Report.of(
                                                INFO,
                                                handler.name(),
                                                instr.range(),
                                                "one record is taken for each interrupt")
                                        .why(
                                                "two records posted while the interrupt is pending raise"
                                                        + " it once; the second one waits until the next"
                                                        + " notification")
                                        .help(
                                                "loop until the record at the index has no event, and"
                                                        + " clear each")));
    }

    private static boolean inLoop(Function function, Block block) {
        return function.loops().stream().anyMatch(l -> l.blocks().contains(block.id()));
    }
}
