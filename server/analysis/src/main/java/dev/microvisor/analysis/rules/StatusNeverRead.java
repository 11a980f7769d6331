package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.Slot;
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
import java.util.regex.Pattern;

/** Flags a status that is kept in a variable which nobody reads before it ends or changes. */
public final class StatusNeverRead implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "status-never-read",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.STATUS,
                    RuleInfo.Tag.QUICK);

    /** The attributes {@code unused} and {@code maybe_unused}, and macros that are called so. */
    private static final Pattern UNUSED =
            Pattern.compile("\\b_*(maybe_)?unused_*\\b", Pattern.CASE_INSENSITIVE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        EmptyTests empty = EmptyTests.in(function, check);
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
                            && !isUnusedOnPurpose(kept.variable(), check)
                            && !isRead(block, after(instructions, i), kept.variable(), empty)) {
                        local(function, call.get(), store, kept.variable(), check);
                    }
                }
            }
        }
    }

    /** Statuses that are kept in static variables and members which nobody in the program reads. */
    @Override
    public void checkProgram(Check check) {
        Set<Slot> read = new SlotReads(check.program()).all();
        for (Function function : check.program().functions()) {
            function.stores()
                    .filter(s -> s.op().isEmpty() && isOwn(s.place(), check))
                    .filter(s -> Slot.of(s.place()).filter(p -> !read.contains(p)).isPresent())
                    .filter(s -> !s.place().type().isVolatile())
                    .forEach(
                            s ->
                                    statusOf(function, s, check)
                                            .ifPresent(
                                                    c ->
                                                            check.report(
                                                                    report(
                                                                            function,
                                                                            c,
                                                                            check.text(
                                                                                    s.place()
                                                                                            .range()),
                                                                            check))));
        }
    }

    /**
     * A variable of this file; or, in a program that is all here, one of any file and a member of a
     * static variable.
     */
    private static boolean isOwn(Expr place, Check check) {
        if (place instanceof Expr.Var v) {
            return v.variable().storage() == Variable.Storage.FILE_STATIC
                    || v.variable().storage() == Variable.Storage.STATIC_LOCAL
                    || (v.variable().isStatic() && check.program().isWhole());
        }
        return place instanceof Expr.Field f && isOwn(f.base(), check);
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
        Optional<Expr.Temp> result = result(store.value().uncast());
        return function.calls()
                .filter(c -> result.filter(r -> c.result().id() == r.id()).isPresent())
                .filter(c -> c.origin() != Instr.Origin.HEADER_MACRO)
                .filter(c -> system(c, check).isPresent())
                .findFirst();
    }

    /** The result of a call that a value is made of: itself, or what it was compared with. */
    private static Optional<Expr.Temp> result(Expr value) {
        if (value instanceof Expr.Temp temp) {
            return Optional.of(temp);
        }
        if (value instanceof Expr.Unary not && not.op().equals("!")) {
            return result(not.operand().uncast());
        }
        return value instanceof Expr.Binary b
                        && b.isComparison()
                        && b.right().uncast() instanceof Expr.Num
                ? result(b.left().uncast())
                : Optional.empty();
    }

    /** The system call that a call makes, or whose outcome its result tells. */
    private static Optional<SystemCall> system(Instr.Call call, Check check) {
        Optional<Function> callee = check.program().function(call.callee());
        return callee.isPresent()
                ? check.facts().statusResult(callee.get()).flatMap(n -> check.catalog().call(n))
                : check.catalog().call(call.callee());
    }

    /** True for a variable whose declaration says that nobody need read it. */
    private static boolean isUnusedOnPurpose(Variable variable, Check check) {
        return UNUSED.matcher(check.text(variable.declaration().statement())).find();
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
    private static boolean isRead(Block start, int index, Variable variable, EmptyTests empty) {
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
                boolean assembly = instr instanceof Instr.Asm asm && asm.hasOperands();
                if (assembly || instr instanceof Instr.Unread) {
                    return true;
                }
                if (stores(instr, variable)) {
                    stored = true;
                    break;
                }
            }
            if (!stored) {
                if (!empty.contains(block)
                        && block.exit().expressions().stream()
                                .anyMatch(e -> mentions(e, variable))) {
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
        return (instr instanceof Instr.Store s && s.isTo(variable))
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

    private static void local(
            Function function, Instr.Call call, Instr.Store store, Variable variable, Check check) {
        Report report =
                report(function, call, variable.name(), check)
                        .note(variable.declaration().name(), "kept here");
        if (isStatus(store.value().uncast(), call, check)) {
            boolean cpp = !call.range().file().toString().endsWith(".c");
            FailureTests.after(store.range(), variable, function, cpp, check)
                    .ifPresent(report::fix);
        }
        check.report(report);
    }

    /** True for a status itself, not for what a comparison or a wrapper has made of it. */
    private static boolean isStatus(Expr value, Instr.Call call, Check check) {
        return value instanceof Expr.Temp
                && check.program()
                        .function(call.callee())
                        .map(f -> f.result().isEnum("MvStatus"))
                        .orElse(true);
    }

    private static Report report(Function function, Instr.Call call, String kept, Check check) {
        SystemCall contract = system(call, check).orElseThrow();
        return Report.of(
                        INFO,
                        function.name(),
                        call.nameRange(),
                        "the status of "
                                + contract.name()
                                + " goes to '"
                                + kept
                                + "' and is never read")
                .severity(severity(contract.tier()))
                .why("a failure goes unnoticed, though it looks as if it were handled")
                .help("test '" + kept + "' after the call");
    }

    private static Severity severity(Tier tier) {
        return tier == Tier.MUST_CHECK ? Severity.WARNING : Severity.NOTE;
    }
}
