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
        }
    }

    private static void report(Function function, Variable outer, Variable inner, Check check) {
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                inner.declaration().name(),
                                "'"
                                        + inner.name()
                                        + "' hides the variable of that name that the loop tests")
                        .why("the loop counts this one and tests the other: it never times out")
                        .help("use the outer variable: leave out the type here")
                        .note(outer.declaration().name(), "the one that is tested");
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
