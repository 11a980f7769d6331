package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Flags a channel's handler that knows some events, but not the loss of the connection. */
public final class ChannelClosureUnhandled implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("channel-closure-unhandled", Severity.WARNING, RuleInfo.Tag.NOTIFICATIONS);

    private static final String LOST = "MV_EVENTTYPE_CHANNELNOTCONNECTED";
    private static final String NONE = "MV_EVENTTYPE_NOEVENT";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Centre centre : Centre.all(check)) {
            centre.handler()
                    .filter(h -> overlooks(centre, check))
                    .ifPresent(
                            h ->
                                    check.report(
                                            Report.of(
                                                            INFO,
                                                            h.name(),
                                                            h.nameRange(),
                                                            h.name() + " does not know " + LOST)
                                                    .why(
                                                            "when the connection breaks no response will"
                                                                    + " come: without this event the program"
                                                                    + " waits for one, and keeps the dead"
                                                                    + " channel")
                                                    .help(
                                                            "handle it: ask for the reason, close the"
                                                                    + " channel, try again later")));
        }
    }

    /** True when a channel's handler knows some events, but not the loss of the connection. */
    static boolean overlooks(Centre centre, Check check) {
        Optional<Long> lost = ContractValue.constant(LOST, check.catalog());
        Optional<Long> none = ContractValue.constant(NONE, check.catalog());
        if (lost.isEmpty()
                || none.isEmpty()
                || centre.handler().isEmpty()
                || !centre.events().contains(LOST)) {
            return false;
        }
        Tests tests = new Tests();
        Set<Function> code = centre.handlerCode(check);
        code.forEach(tests::read);
        tests.open |= passesOn(code, check);
        tests.events.remove(none.get());
        return !tests.open
                && !tests.events.isEmpty()
                && !tests.events.contains(lost.get())
                && !RecordReads.escapes(code, check);
    }

    /** True when code that is not here gets the kind of an event. */
    private static boolean passesOn(Set<Function> code, Check check) {
        return code.stream()
                .flatMap(Function::calls)
                .filter(c -> check.program().function(c.callee()).isEmpty())
                .flatMap(c -> c.arguments().stream())
                .anyMatch(e -> Tests.isEvent(e, Set.of()));
    }

    /** The kinds of events that code compares with. */
    private static final class Tests {
        private final Set<Long> events = new HashSet<>();

        /** True when other kinds are treated too, or the kind is passed on. */
        private boolean open;

        void read(Function function) {
            Set<Variable> copies = copies(function);
            Map<Variable, Boolean> truths = truths(function, copies);
            for (Block block : function.blocks()) {
                if (block.exit() instanceof Block.Exit.Branch branch) {
                    compared(branch.condition(), copies);
                    open |= leavesTheRestTo(branch, copies, truths, function);
                } else if (block.exit() instanceof Block.Exit.Switch choice
                        && isEvent(choice.value(), copies)) {
                    choice.cases().forEach(c -> events.add(c.low()));
                    open |= choice.hasDefault() && does(choice.otherwise());
                } else if (block.exit() instanceof Block.Exit.Return ret) {
                    ret.value().ifPresent(v -> compared(v, copies));
                }
                for (Instr instr : block.instructions()) {
                    instr.expressions().forEach(e -> compared(e, copies));
                    open |=
                            instr instanceof Instr.Store s
                                    && isEvent(s.value(), copies)
                                    && !isCopy(s.place(), copies);
                }
            }
        }

        /** Locals that only ever hold the kind of an event. */
        private static Set<Variable> copies(Function function) {
            Set<Variable> copies = new HashSet<>();
            Set<Variable> others = new HashSet<>();
            function.stores()
                    .filter(s -> s.place() instanceof Expr.Var v && v.variable().isAutomatic())
                    .forEach(
                            s ->
                                    (isEvent(s.value(), Set.of()) ? copies : others)
                                            .add(((Expr.Var) s.place()).variable()));
            copies.removeAll(others);
            return copies;
        }

        private static boolean isCopy(Expr place, Set<Variable> copies) {
            return place instanceof Expr.Temp
                    || (place instanceof Expr.Var v
                            && (copies.contains(v.variable()) || v.variable().isAutomatic()));
        }

        /** Notes which kinds an expression asks for; any other use may be for all of them. */
        private void compared(Expr e, Set<Variable> copies) {
            if (e instanceof Expr.Binary test && test.isComparison()) {
                Expr left = test.left();
                Expr right = test.right();
                if (isEvent(right, copies)) {
                    left = test.right();
                    right = test.left();
                }
                if (isEvent(left, copies)) {
                    boolean equality = test.op().equals("==") || test.op().equals("!=");
                    if (equality && right.uncast() instanceof Expr.Num number) {
                        events.add(number.value());
                    } else {
                        open = true;
                    }
                    return;
                }
            }
            boolean computed =
                    (e instanceof Expr.Binary b && !b.isComparison()) || e instanceof Expr.Index;
            open |= computed && e.parts().stream().anyMatch(p -> isEvent(p, copies));
            e.parts().forEach(p -> compared(p, copies));
        }

        /** An else that does something with the rest of the events. */
        private static boolean leavesTheRestTo(
                Block.Exit.Branch branch,
                Set<Variable> copies,
                Map<Variable, Boolean> truths,
                Function function) {
            Optional<Boolean> one = isOneKind(branch.condition(), copies, truths);
            if (one.isEmpty()) {
                return false;
            }
            Block rest = one.get() ? branch.no() : branch.yes();
            boolean otherwise =
                    function.blocks().stream()
                                    .filter(b -> b.exit().successors().contains(rest))
                                    .count()
                            == 1;
            return raisesFlag(rest, otherwise);
        }

        /** Whether a condition holds for one kind of event only, or for all others. */
        private static Optional<Boolean> isOneKind(
                Expr condition, Set<Variable> copies, Map<Variable, Boolean> truths) {
            Expr e = condition.uncast();
            if (e instanceof Expr.Var v) {
                return Optional.ofNullable(truths.get(v.variable()));
            }
            if (e instanceof Expr.Unary not && not.op().equals("!")) {
                return isOneKind(not.operand(), copies, truths).map(one -> !one);
            }
            return e instanceof Expr.Binary test
                            && isEvent(test.left(), copies)
                            && test.right().uncast() instanceof Expr.Num number
                            && number.value() != 0
                            && (test.op().equals("==") || test.op().equals("!="))
                    ? Optional.of(test.op().equals("=="))
                    : Optional.empty();
        }

        /** Locals that only ever hold whether an event is of one kind. */
        private static Map<Variable, Boolean> truths(Function function, Set<Variable> copies) {
            Map<Variable, Boolean> truths = new HashMap<>();
            Set<Variable> others = new HashSet<>();
            function.stores()
                    .filter(s -> s.place() instanceof Expr.Var v && v.variable().isAutomatic())
                    .forEach(
                            s -> {
                                Variable local = ((Expr.Var) s.place()).variable();
                                isOneKind(s.value(), copies, Map.of())
                                        .ifPresentOrElse(
                                                one -> truths.put(local, one),
                                                () -> others.add(local));
                            });
            truths.keySet().removeAll(others);
            return truths;
        }

        private static boolean raisesFlag(Block block, boolean otherwise) {
            return block.instructions().stream()
                    .anyMatch(
                            i ->
                                    i instanceof Instr.Store s
                                            && s.op().isEmpty()
                                            && s.value().uncast() instanceof Expr.Num number
                                            && isFlag(s.place(), otherwise && number.value() != 0));
        }

        /** A static variable; of what only the rest of the events gets, members and results too. */
        private static boolean isFlag(Expr place, boolean all) {
            return place instanceof Expr.Var v
                    ? v.variable().isStatic()
                    : all && (place instanceof Expr.Temp || place instanceof Expr.Field);
        }

        /** A default that calls or stores something deals with the rest. */
        private static boolean does(Block block) {
            return block.instructions().stream()
                    .anyMatch(i -> i instanceof Instr.Call || i instanceof Instr.Store);
        }

        private static boolean isEvent(Expr e, Set<Variable> copies) {
            Expr plain = e.uncast();
            return RecordReads.isType(plain)
                    || (plain instanceof Expr.Var v && copies.contains(v.variable()))
                    || (plain.type().isEnum("MvEventType") && !(plain instanceof Expr.Num));
        }
    }
}
