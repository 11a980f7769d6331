package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Follows the ways on from a call, each with what its tests have told of the call's result. */
final class StatusWalk {
    /** What a way knows of the result. */
    enum Known {
        NOTHING,
        OKAY,
        FAILED;

        private Known other() {
            return this == OKAY ? FAILED : this == FAILED ? OKAY : NOTHING;
        }
    }

    /** Which numbers tell of success. */
    enum Meaning {
        /** 0, as of a status. */
        ZERO_IS_OKAY,
        /** All but 0, as of a truth value. */
        ZERO_IS_FAILURE
    }

    /** Where a way has come to, and whether variables still hold the result. */
    record Step(Block block, Known known, boolean kept) {}

    /** Looks at what is on the ways. */
    interface Visitor {
        /** False when the way goes no further. */
        boolean at(Instr instr, Step step);

        void at(Block.Exit exit, Step step);
    }

    private final Function function;
    private final Instr.Call call;
    private final Meaning meaning;
    private final Set<Variable> variables = new HashSet<>();

    StatusWalk(Function function, Instr.Call call, Meaning meaning) {
        this.function = function;
        this.call = call;
        this.meaning = meaning;
        function.stores()
                .filter(s -> isResult(s.value()) && s.place() instanceof Expr.Var)
                .map(s -> ((Expr.Var) s.place()).variable())
                .filter(Variable::isAutomatic)
                .forEach(variables::add);
    }

    void walk(Visitor visitor) {
        Optional<Block> first = Ways.blockOf(function, call);
        if (first.isEmpty()) {
            return;
        }
        Deque<Step> open = new ArrayDeque<>();
        Set<Step> seen = new HashSet<>();
        Step start = new Step(first.get(), Known.NOTHING, true);
        follow(start, first.get().instructions().indexOf(call) + 1, visitor, open);
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (seen.add(step)) {
                follow(step, 0, visitor, open);
            }
        }
    }

    private void follow(Step from, int index, Visitor visitor, Deque<Step> open) {
        Step step = from;
        Block block = from.block();
        for (Instr instr : block.instructions().subList(index, block.instructions().size())) {
            if (instr.equals(call) || !visitor.at(instr, step)) {
                return;
            }
            boolean lost =
                    instr instanceof Instr.Store s
                            && s.place() instanceof Expr.Var v
                            && variables.contains(v.variable())
                            && !isResult(s.value());
            step = lost ? new Step(block, step.known(), false) : step;
        }
        visitor.at(block.exit(), step);
        if (block.exit() instanceof Block.Exit.Branch branch) {
            Known yes = told(branch.condition(), step.kept());
            push(branch.yes(), yes, step, open);
            push(branch.no(), yes.other(), step, open);
        } else {
            for (Block next : block.exit().successors()) {
                open.push(new Step(next, step.known(), step.kept()));
            }
        }
    }

    /** A way that would say the opposite of what is known is none. */
    private static void push(Block to, Known told, Step step, Deque<Step> open) {
        if (told == Known.NOTHING) {
            open.push(new Step(to, step.known(), step.kept()));
        } else if (told != step.known().other()) {
            open.push(new Step(to, told, step.kept()));
        }
    }

    /** What is known when a condition holds; its contrary is told when it does not. */
    Known told(Expr condition, boolean kept) {
        Expr e = condition.uncast();
        if (e instanceof Expr.Unary not && not.op().equals("!")) {
            return told(not.operand(), kept).other();
        }
        if (isResult(e, kept)) {
            return zero().other();
        }
        if (e instanceof Expr.Binary test && isResult(test.left(), kept)) {
            return compared(test.op(), test.right());
        }
        if (e instanceof Expr.Binary test && isResult(test.right(), kept)) {
            return compared(test.op(), test.left());
        }
        return Known.NOTHING;
    }

    private Known compared(String op, Expr with) {
        boolean isZero = with.uncast() instanceof Expr.Num n && n.value() == 0;
        if (isZero && op.equals("==")) {
            return zero();
        }
        return isZero && op.equals("!=") ? zero().other() : Known.NOTHING;
    }

    private Known zero() {
        return meaning == Meaning.ZERO_IS_OKAY ? Known.OKAY : Known.FAILED;
    }

    /** True for the result itself, or a variable that still holds it. */
    boolean isResult(Expr e, boolean kept) {
        return isResult(e)
                || (kept && e.uncast() instanceof Expr.Var v && variables.contains(v.variable()));
    }

    /** True for an expression in which the result is read. */
    boolean reads(Expr e, boolean kept) {
        return e.walk().anyMatch(p -> isResult(p, kept));
    }

    private boolean isResult(Expr e) {
        return e.uncast() instanceof Expr.Temp t && t.id() == call.result().id();
    }
}
