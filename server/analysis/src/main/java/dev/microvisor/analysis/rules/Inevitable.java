package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether after one call of a function an instruction is bound to follow. A path alone may be one
 * that flags out of sight rule out; when every path leads there, none of them matters.
 */
final class Inevitable {
    private final Function function;
    private final Instr.Call event;
    private final Set<Variable> statuses = new HashSet<>();
    private boolean inRound;

    private Inevitable(Function function, Instr.Call event) {
        this.function = function;
        this.event = event;
        function.stores()
                .filter(s -> mentionsResult(s.value()) && s.place() instanceof Expr.Var)
                .forEach(s -> statuses.add(((Expr.Var) s.place()).variable()));
    }

    /** The call at a range. */
    static Optional<Instr.Call> callAt(Function function, SourceRange range) {
        return function.calls().filter(c -> c.range().equals(range)).findFirst();
    }

    /**
     * True when no path from the event leaves the function, or comes back to the event, without
     * passing {@code then}. Ways that only another status of the event takes do not count.
     */
    static boolean follows(Function function, Instr.Call event, Instr then) {
        return new Inevitable(function, event).leadsTo(then);
    }

    /**
     * The same in an endless loop: after a test of the event's status only those ways count that
     * lead to {@code then} before the event recurs.
     */
    static boolean followsInRound(Function function, Instr.Call event, Instr then) {
        Inevitable round = new Inevitable(function, event);
        round.inRound = true;
        return round.leadsTo(then);
    }

    /** True when every path from the start of a function makes a call, before any loop. */
    static boolean isFirst(Function function, Instr.Call call) {
        return !Ways.find(
                function.entry(),
                new Ways.Visitor() {
                    @Override
                    public Ways.Step at(Instr instr) {
                        return instr.equals(call) ? Ways.Step.STOP : Ways.Step.ON;
                    }

                    @Override
                    public Ways.Step at(Block.Exit exit) {
                        boolean loop =
                                function.loops().stream()
                                        .anyMatch(l -> l.head().exit().equals(exit));
                        return loop || exit instanceof Block.Exit.Return
                                ? Ways.Step.FOUND
                                : Ways.Step.ON;
                    }
                });
    }

    /** True when some path leads from one instruction to the other. */
    static boolean reaches(Function function, Instr from, Instr to) {
        Block start = block(function, from);
        Block end = block(function, to);
        if (start == null || end == null) {
            return false;
        }
        return (start.equals(end) && index(start, from) < index(start, to))
                || start.exit().successors().stream().anyMatch(b -> reachable(b).contains(end));
    }

    /** True when some path leads from one instruction over another to a third. */
    static boolean between(Function function, Instr from, Instr over, Instr to) {
        return reaches(function, from, over) && reaches(function, over, to);
    }

    /** True when a loop begins or ends between two instructions. */
    static boolean loopsBetween(Function function, Instr from, Instr to) {
        Block start = block(function, from);
        Block end = block(function, to);
        for (Function.Loop loop : function.loops()) {
            boolean around = loop.blocks().contains(start.id()) && loop.blocks().contains(end.id());
            boolean onTheWay =
                    !start.equals(end)
                            && reachable(start).contains(loop.head())
                            && reachable(loop.head()).contains(end);
            if (!around && onTheWay) {
                return true;
            }
        }
        return false;
    }

    private static Block block(Function function, Instr instr) {
        return function.blocks().stream()
                .filter(b -> index(b, instr) >= 0)
                .findFirst()
                .orElse(null);
    }

    private static int index(Block block, Instr instr) {
        return block.instructions().indexOf(instr);
    }

    private boolean leadsTo(Instr then) {
        Block start = block(function, event);
        Block end = block(function, then);
        if (start == null || end == null) {
            return false;
        }
        if (start.equals(end) && index(start, event) < index(start, then)) {
            return true;
        }
        Deque<Block> open = new ArrayDeque<>(next(start, end, start));
        Set<Block> seen = new HashSet<>();
        boolean met = false;
        while (!open.isEmpty()) {
            Block block = open.pop();
            if (block.equals(end)) {
                met = true;
            } else if (block.equals(start) || block.exit() instanceof Block.Exit.Return) {
                return false;
            } else if (seen.add(block)) {
                next(block, end, start).forEach(open::push);
            }
        }
        return met;
    }

    /** The ways on; after a test of the event's status those that lead to the end. */
    private List<Block> next(Block block, Block end, Block start) {
        List<Block> all = block.exit().successors();
        if (block.exit() instanceof Block.Exit.Branch branch && tells(branch.condition())) {
            Block stop = inRound ? start : null;
            return all.stream().filter(b -> reachable(b, stop).contains(end)).toList();
        }
        return all;
    }

    /** True for a test of the event's status. */
    private boolean tells(Expr condition) {
        return mentionsResult(condition)
                || condition
                        .walk()
                        .anyMatch(e -> e instanceof Expr.Var v && statuses.contains(v.variable()));
    }

    private boolean mentionsResult(Expr e) {
        return e.walk().anyMatch(p -> p instanceof Expr.Temp t && t.id() == event.result().id());
    }

    private static Set<Block> reachable(Block from) {
        return reachable(from, null);
    }

    /** The blocks that some way leads to; ways end at {@code stop}, unless it is null. */
    private static Set<Block> reachable(Block from, Block stop) {
        Set<Block> seen = new HashSet<>();
        Deque<Block> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Block block = open.pop();
            if (seen.add(block) && !block.equals(stop)) {
                block.exit().successors().forEach(open::push);
            }
        }
        return seen;
    }
}
