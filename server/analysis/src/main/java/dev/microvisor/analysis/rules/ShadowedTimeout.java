package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.HashSet;
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
                            && !outer.type().isVolatile()) {
                        report(function, outer, inner, check);
                    }
                }
            }
            restarted(function, loop, tested, check);
        }
    }

    /** {@code uint32_t start = now();} in each round, and a test of {@code now() - start}. */
    private static void restarted(
            Function function, Function.Loop loop, Set<Variable> tested, Check check) {
        for (int id : loop.blocks()) {
            for (Instr instr : function.blocks().get(id).instructions()) {
                if (instr instanceof Instr.Store s
                        && s.place() instanceof Expr.Var inner
                        && s.value().uncast() instanceof Expr.Temp
                        && tested.contains(inner.variable())
                        && isSubtracted(inner.variable(), function, loop)
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

    private static boolean isInside(Variable variable, Function.Loop loop) {
        SourceRange name = variable.declaration().name();
        return name.startLine() > loop.range().startLine()
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
