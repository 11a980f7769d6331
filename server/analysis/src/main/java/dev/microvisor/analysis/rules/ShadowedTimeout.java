package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Flags a loop that tests one variable and counts another one of the same name. */
public final class ShadowedTimeout implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "shadowed-timeout",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.CONTROL_FLOW,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        for (Function.Loop loop : function.loops()) {
            Set<Variable> tested = new HashSet<>();
            Set<Variable> stored = new HashSet<>();
            for (int id : loop.blocks()) {
                Block block = function.blocks().get(id);
                if (block.exit() instanceof Block.Exit.Branch branch) {
                    branch.condition()
                            .walk()
                            .filter(Expr.Var.class::isInstance)
                            .forEach(e -> tested.add(((Expr.Var) e).variable()));
                }
                for (Instr instr : block.instructions()) {
                    if (instr instanceof Instr.Store s && s.place() instanceof Expr.Var v) {
                        stored.add(v.variable());
                    }
                }
            }
            for (Variable outer : tested) {
                for (Variable inner : stored) {
                    boolean counts = !stored.contains(outer) && !tested.contains(inner);
                    if (counts
                            && inner.isAutomatic()
                            && inner.name().equals(outer.name())
                            && !isInside(outer, loop)
                            && !outer.type().isVolatile()) {
                        report(function, outer, inner, check);
                    }
                }
            }
            restarted(function, loop, tested, check);
            recounted(function, loop, check);
        }
    }

    /** {@code uint32_t start = now();} in each round, and {@code now() - start}; or a deadline. */
    private static void restarted(
            Function function, Function.Loop loop, Set<Variable> tested, Check check) {
        for (int id : loop.blocks()) {
            for (Instr instr : function.blocks().get(id).instructions()) {
                if (instr instanceof Instr.Store s
                        && s.place() instanceof Expr.Var inner
                        && tested.contains(inner.variable())
                        && (s.value().uncast() instanceof Expr.Temp
                                ? isSubtracted(inner.variable(), function, loop)
                                : isDeadline(s.value(), inner.variable(), function, loop))
                        && isInside(inner.variable(), loop)) {
                    function.variables().stream()
                            .filter(v -> v.name().equals(inner.variable().name()))
                            .filter(v -> !v.equals(inner.variable()) && isBefore(v, loop))
                            .findFirst()
                            .ifPresent(outer -> report(function, outer, inner.variable(), check));
                }
            }
        }
    }

    /** {@code int left = 100;} in each round, then {@code if (left-- == 0) break;}. */
    private static void recounted(Function function, Function.Loop loop, Check check) {
        Set<Integer> own = ownBlocks(function, loop);
        for (Variable inner : function.variables()) {
            List<Instr.Store> stores = function.storesTo(inner).toList();
            boolean starts =
                    !stores.isEmpty()
                            && stores.get(0).op().isEmpty()
                            && stores.get(0).value().uncast() instanceof Expr.Num;
            boolean counts =
                    stores.size() == 2
                            && (!stores.get(1).op().isEmpty()
                                    || stores.get(1).value().walk().anyMatch(e -> is(e, inner)));
            if (starts
                    && counts
                    && isInside(inner, loop)
                    && stores.stream().allMatch(s -> isIn(s, own, function))
                    && decides(inner, own, loop, function)) {
                function.variables().stream()
                        .filter(v -> v.name().equals(inner.name()))
                        .filter(v -> !v.equals(inner) && isBefore(v, loop))
                        .findFirst()
                        .ifPresent(outer -> report(function, outer, inner, check));
            }
        }
    }

    private static boolean is(Expr e, Variable variable) {
        return e instanceof Expr.Var v && v.variable().equals(variable);
    }

    private static boolean isIn(Instr instr, Set<Integer> blocks, Function function) {
        return Ways.blockOf(function, instr).filter(b -> blocks.contains(b.id())).isPresent();
    }

    /**
     * True when a test of the variable, or of what it was before it was counted, leaves the loop.
     */
    private static boolean decides(
            Variable variable, Set<Integer> own, Function.Loop loop, Function function) {
        return UnboundedWait.exits(function, loop).stream()
                .flatMap(Expr::walk)
                .anyMatch(e -> is(e, variable) || isCopy(e, variable, own, function));
    }

    private static boolean isCopy(Expr e, Variable variable, Set<Integer> own, Function function) {
        return e instanceof Expr.Temp t
                && function.stores()
                        .filter(s -> s.place() instanceof Expr.Temp p && p.id() == t.id())
                        .filter(s -> isIn(s, own, function))
                        .anyMatch(s -> is(s.value().uncast(), variable));
    }

    private static boolean isSubtracted(Variable start, Function function, Function.Loop loop) {
        return loop.blocks().stream()
                .map(id -> function.blocks().get(id).exit())
                .filter(Block.Exit.Branch.class::isInstance)
                .flatMap(e -> ((Block.Exit.Branch) e).condition().walk())
                .anyMatch(
                        e ->
                                e instanceof Expr.Binary minus
                                        && minus.op().equals("-")
                                        && minus.right().uncast() instanceof Expr.Var v
                                        && v.variable().equals(start));
    }

    /** {@code uint32_t end = now() + 5000;} in each round, and {@code now() > end} at its end. */
    private static boolean isDeadline(
            Expr value, Variable end, Function function, Function.Loop loop) {
        Set<Integer> own = ownBlocks(function, loop);
        return value.uncast() instanceof Expr.Binary sum
                && sum.op().equals("+")
                && sum.left().uncast() instanceof Expr.Temp
                && sum.right().uncast() instanceof Expr.Num
                && function.storesTo(end).count() == 1
                && own.stream()
                        .map(id -> function.blocks().get(id).exit())
                        .filter(Block.Exit.Branch.class::isInstance)
                        .map(e -> ((Block.Exit.Branch) e).condition().uncast())
                        .anyMatch(
                                e ->
                                        e instanceof Expr.Binary compared
                                                && compared.isComparison()
                                                && compared.left().uncast() instanceof Expr.Temp
                                                && is(compared.right().uncast(), end));
    }

    /** The blocks of a loop without those of the loops in it. */
    private static Set<Integer> ownBlocks(Function function, Function.Loop loop) {
        Set<Integer> own = new HashSet<>(loop.blocks());
        function.loops().stream()
                .filter(l -> !l.head().equals(loop.head()) && own.containsAll(l.blocks()))
                .forEach(l -> own.removeAll(l.blocks()));
        return own;
    }

    private static boolean isInside(Variable variable, Function.Loop loop) {
        SourceRange name = variable.declaration().name();
        return name.file().equals(loop.range().file())
                && name.startLine() > loop.range().startLine()
                && name.endLine() <= loop.range().endLine();
    }

    private static boolean isBefore(Variable variable, Function.Loop loop) {
        return variable.declaration().name().endLine() < loop.range().startLine();
    }

    private static void report(Function function, Variable outer, Variable inner, Check check) {
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                inner.declaration().name(),
                                "'"
                                        + inner.name()
                                        + "' hides the variable of that name outside of the loop")
                        .why(
                                "the loop changes one of them and tests the other, or starts anew in each round:"
                                        + " it never times out")
                        .help("use the outer variable: leave out the type here")
                        .note(outer.declaration().name(), "the one that is hidden");
        SourceRange declaration = inner.declaration().statement();
        // With a second variable in it, the declaration cannot go.
        if (!check.text(declaration).contains(",")) {
            Edits.in(declaration, check)
                    .flatMap(e -> e.remove(declaration))
                    .map(
                            e ->
                                    Edits.suggestion(
                                            "Use the outer '" + outer.name() + "' in the loop", e))
                    .ifPresent(report::fix);
        }
        check.report(report);
    }
}
