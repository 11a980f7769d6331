package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a flag that is set keeps a function, when it is entered again, from making a call. */
final class Barred {
    private Barred() {}

    /**
     * True when no way through a function leads to one of its calls, with the static variables as
     * they are at a point of a path.
     */
    static boolean isBarred(Function function, Instr.Call call, CallSite now) {
        Set<Integer> seen = new HashSet<>();
        Deque<Block> open = new ArrayDeque<>(List.of(function.entry()));
        while (!open.isEmpty()) {
            Block block = open.pop();
            if (!seen.add(block.id())) {
                continue;
            }
            if (block.instructions().contains(call)) {
                return false;
            }
            open.addAll(next(block, now));
        }
        return true;
    }

    private static List<Block> next(Block block, CallSite now) {
        if (block.exit() instanceof Block.Exit.Branch branch) {
            Optional<Boolean> holds = holds(branch.condition(), now);
            if (holds.isPresent()) {
                return List.of(holds.get() ? branch.yes() : branch.no());
            }
        }
        return block.exit().successors();
    }

    /** What a condition on one static variable and a constant comes to. */
    private static Optional<Boolean> holds(Expr condition, CallSite now) {
        Expr e = condition.uncast();
        if (e instanceof Expr.Unary not && not.op().equals("!")) {
            return holds(not.operand(), now).map(h -> !h);
        }
        if (e instanceof Expr.Binary test && (test.op().equals("==") || test.op().equals("!="))) {
            return number(test.left(), now)
                    .flatMap(
                            left ->
                                    number(test.right(), now)
                                            .map(left::equals)
                                            .map(same -> same == test.op().equals("==")));
        }
        return number(e, now).map(n -> n != 0);
    }

    private static Optional<Long> number(Expr e, CallSite now) {
        Expr plain = e.uncast();
        if (plain instanceof Expr.Num num) {
            return Optional.of(num.value());
        }
        return plain instanceof Expr.Var v && v.variable().isStatic()
                ? now.load(Place.of(v.variable())).number()
                : Optional.empty();
    }
}
