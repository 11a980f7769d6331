package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.catalog.Tier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Flags a status that is kept in a variable which nobody reads before it ends or changes. */
public final class StatusNeverRead implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "status-never-read",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.STATUS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        for (Block block : function.blocks()) {
            List<Instr> instructions = block.instructions();
            for (int i = 0; i < instructions.size(); i++) {
                if (instructions.get(i) instanceof Instr.Store store
                        && store.op().isEmpty()
                        && store.place() instanceof Expr.Var kept
                        && kept.variable().isAutomatic()
                        && !kept.variable().type().isVolatile()
                        && !kept.variable().type().isPointer()
                        && isReachable(function, block)) {
                    Optional<Instr.Call> call = statusOf(function, store, check);
                    if (call.isPresent()
                            && !hasAddress(function, kept.variable())
                            && !isRead(block, after(instructions, i), kept.variable())) {
                        report(function, call.get(), store, kept.variable(), check);
                    }
                }
            }
        }
    }

    /** The instruction after a store; the value of an assignment that nobody takes is no read. */
    private static int after(List<Instr> instructions, int store) {
        boolean valued =
                store + 1 < instructions.size()
                        && instructions.get(store + 1) instanceof Instr.Eval eval
                        && eval.range().equals(instructions.get(store).range());
        return valued ? store + 2 : store + 1;
    }

    private static boolean isReachable(Function function, Block block) {
        Set<Integer> seen = new HashSet<>();
        Deque<Block> open = new ArrayDeque<>(List.of(function.entry()));
        while (!open.isEmpty()) {
            Block next = open.pop();
            if (seen.add(next.id())) {
                next.exit().successors().forEach(open::push);
            }
        }
        return seen.contains(block.id());
    }

    private static Optional<Instr.Call> statusOf(
            Function function, Instr.Store store, Check check) {
        if (!(store.value().uncast() instanceof Expr.Temp temp)) {
            return Optional.empty();
        }
        return function.calls()
                .filter(c -> c.result().id() == temp.id())
                .filter(c -> c.origin() != Instr.Origin.HEADER_MACRO)
                .filter(c -> check.program().function(c.callee()).isEmpty())
                .filter(c -> check.catalog().call(c.callee()).isPresent())
                .findFirst();
    }

    private static boolean hasAddress(Function function, Variable variable) {
        List<Expr> all = new ArrayList<>();
        for (Block block : function.blocks()) {
            block.instructions().forEach(i -> all.addAll(reads(i)));
            block.instructions().stream()
                    .filter(Instr.Store.class::isInstance)
                    .forEach(i -> all.add(((Instr.Store) i).place()));
            all.addAll(block.exit().expressions());
        }
        return all.stream()
                .flatMap(Expr::walk)
                .anyMatch(
                        e ->
                                (e instanceof Expr.AddressOf a && mentions(a, variable))
                                        || (e instanceof Expr.Opaque o && mentions(o, variable)));
    }

    /** True when some way from here reads the variable before it is stored anew. */
    private static boolean isRead(Block start, int index, Variable variable) {
        Set<Integer> seen = new HashSet<>();
        Deque<Block> open = new ArrayDeque<>();
        int from = index;
        Block block = start;
        while (block != null) {
            boolean stored = false;
            for (Instr instr : block.instructions().subList(from, block.instructions().size())) {
                if (reads(instr).stream().anyMatch(e -> mentions(e, variable))) {
                    return true;
                }
                if (instr instanceof Instr.Asm || instr instanceof Instr.Unread) {
                    return true;
                }
                if (stores(instr, variable)) {
                    stored = true;
                    break;
                }
            }
            if (!stored) {
                if (block.exit().expressions().stream().anyMatch(e -> mentions(e, variable))) {
                    return true;
                }
                for (Block next : block.exit().successors()) {
                    if (seen.add(next.id())) {
                        open.push(next);
                    }
                }
            }
            from = 0;
            block = open.poll();
        }
        return false;
    }

    private static boolean stores(Instr instr, Variable variable) {
        return (instr instanceof Instr.Store s
                        && s.place() instanceof Expr.Var v
                        && v.variable().equals(variable))
                || (instr instanceof Instr.Declare d && d.variable().equals(variable));
    }

    private static List<Expr> reads(Instr instr) {
        if (instr instanceof Instr.Store store) {
            return store.place() instanceof Expr.Var && store.op().isEmpty()
                    ? List.of(store.value())
                    : List.of(store.value(), store.place());
        }
        if (instr instanceof Instr.Call call) {
            List<Expr> all = new ArrayList<>(call.arguments());
            all.add(call.target());
            return all;
        }
        if (instr instanceof Instr.Declare declare) {
            return declare.lengths();
        }
        return instr instanceof Instr.Eval eval ? List.of(eval.value()) : List.of();
    }

    private static boolean mentions(Expr e, Variable variable) {
        return e.walk().anyMatch(x -> x instanceof Expr.Var v && v.variable().equals(variable));
    }

    private static void report(
            Function function, Instr.Call call, Instr.Store store, Variable variable, Check check) {
        SystemCall contract = check.catalog().call(call.callee()).orElseThrow();
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                call.nameRange(),
                                "the status of "
                                        + contract.name()
                                        + " goes to '"
                                        + variable.name()
                                        + "' and is never read")
                        .severity(severity(contract.tier()))
                        .why("a failure goes unnoticed, though it looks as if it were handled")
                        .help(
                                "test '"
                                        + variable.name()
                                        + "' against MV_STATUS_OKAY after the call")
                        .note(variable.declaration().name(), "kept here");
        boolean cpp = !call.range().file().toString().endsWith(".c");
        FailureTests.after(store.range(), variable, function, cpp, check).ifPresent(report::fix);
        check.report(report);
    }

    private static Severity severity(Tier tier) {
        return tier == Tier.MUST_CHECK ? Severity.WARNING : Severity.NOTE;
    }
}
