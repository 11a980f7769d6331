package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flags a status that only {@code assert} looks at. A hint: whoever builds with NDEBUG selects it.
 */
public final class StatusOnlyAsserted implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "status-only-asserted",
                    Severity.HINT,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.STATUS,
                    RuleInfo.Tag.QUICK);

    /** What newlib's {@code assert} calls. */
    private static final String FAILURE = "__assert_func";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        for (Map.Entry<Variable, List<Instr.Call>> kept : kept(function, check).entrySet()) {
            if (isOnlyAsserted(function, kept.getKey())) {
                for (Instr.Call call : kept.getValue()) {
                    Report report =
                            Report.of(
                                            INFO,
                                            function.name(),
                                            call.nameRange(),
                                            "only assert() looks at the status of " + call.name())
                                    .why("with NDEBUG defined nobody does")
                                    .help(
                                            "handle the failure, besides asserting that there is none")
                                    .note(kept.getKey().declaration().name(), "kept here");
                    boolean cpp = !call.range().file().toString().endsWith(".c");
                    SourceRange asserted = assertion(function, kept.getKey(), call);
                    FailureTests.after(asserted, kept.getKey(), function, cpp, check)
                            .ifPresent(report::fix);
                    check.report(report);
                }
            }
        }
    }

    /** Local variables that hold nothing but statuses, with the calls that gave them. */
    private static Map<Variable, List<Instr.Call>> kept(Function function, Check check) {
        Map<Variable, List<Instr.Call>> kept = new LinkedHashMap<>();
        List<Variable> others = new ArrayList<>();
        function.stores()
                .filter(s -> s.place() instanceof Expr.Var)
                .forEach(
                        s -> {
                            Variable variable = ((Expr.Var) s.place()).variable();
                            List<Instr.Call> calls =
                                    function.calls()
                                            .filter(
                                                    c ->
                                                            s.value().uncast()
                                                                            instanceof Expr.Temp t
                                                                    && t.id() == c.result().id())
                                            .filter(
                                                    c ->
                                                            check.catalog()
                                                                    .call(c.callee())
                                                                    .isPresent())
                                            .toList();
                            if (calls.isEmpty() || !variable.isAutomatic()) {
                                others.add(variable);
                            } else {
                                kept.computeIfAbsent(variable, v -> new ArrayList<>())
                                        .addAll(calls);
                            }
                        });
        others.forEach(kept::remove);
        return kept;
    }

    private static boolean isOnlyAsserted(Function function, Variable variable) {
        boolean asserted = false;
        for (Block block : function.blocks()) {
            for (Instr instr : block.instructions()) {
                boolean own = instr instanceof Instr.Store s && s.isTo(variable);
                boolean valued = instr instanceof Instr.Eval e && e.value() instanceof Expr.Var;
                if (!own
                        && !valued
                        && instr.expressions().stream().anyMatch(e -> has(e, variable))) {
                    return false;
                }
            }
            if (block.exit() instanceof Block.Exit.Branch branch
                    && has(branch.condition(), variable)) {
                if (!fails(branch.yes()) && !fails(branch.no())) {
                    return false;
                }
                asserted = true;
            } else if (block.exit() instanceof Block.Exit.Switch choice
                    && has(choice.value(), variable)) {
                return false;
            } else if (block.exit() instanceof Block.Exit.Return r
                    && r.value().filter(e -> has(e, variable)).isPresent()) {
                return false;
            }
        }
        return asserted;
    }

    /** The first test of the variable after a call. */
    private static SourceRange assertion(Function function, Variable variable, Instr.Call call) {
        return function.blocks().stream()
                .map(Block::exit)
                .filter(Block.Exit.Branch.class::isInstance)
                .map(e -> ((Block.Exit.Branch) e).condition())
                .filter(c -> has(c, variable))
                .map(Expr::range)
                .filter(r -> r.startLine() >= call.range().startLine())
                .min(Comparator.comparing(SourceRange::startLine))
                .orElse(call.range());
    }

    private static boolean fails(Block block) {
        return block.instructions().stream()
                .anyMatch(i -> i instanceof Instr.Call c && c.name().equals(FAILURE));
    }

    private static boolean has(Expr e, Variable variable) {
        return e.walk().anyMatch(x -> x instanceof Expr.Var v && v.variable().equals(variable));
    }
}
