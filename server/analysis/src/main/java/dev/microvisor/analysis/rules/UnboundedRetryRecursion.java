package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Flags a function that tries again by calling itself, with nothing that ends it. */
public final class UnboundedRetryRecursion implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("unbounded-retry-recursion", Severity.WARNING, RuleInfo.Tag.CONTROL_FLOW);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Function function : check.program().functions()) {
            function.calls()
                    .filter(c -> check.program().function(c.callee()).isPresent())
                    .filter(c -> leadsBack(function, c, check))
                    .filter(c -> passesTheSame(function, c))
                    .forEach(
                            call ->
                                    tried(function, check)
                                            .ifPresent(
                                                    system ->
                                                            check.report(
                                                                    report(
                                                                            function, call,
                                                                            system))));
        }
    }

    private static boolean leadsBack(Function function, Instr.Call call, Check check) {
        Function callee = check.program().function(call.callee()).orElseThrow();
        return callee.equals(function);
    }

    /**
     * No argument counts down: each is a constant, a variable as it came in, or decides nothing.
     */
    private static boolean passesTheSame(Function function, Instr.Call call) {
        return call.arguments().stream()
                .allMatch(
                        a ->
                                a.uncast() instanceof Expr.Num
                                        || a.uncast() instanceof Expr.Text
                                        || (a.uncast() instanceof Expr.Var v
                                                && !isStored(function, v))
                                        || decidesNothing(function, call, a));
    }

    /** {@code tries + 1}, where {@code tries} is read for nothing else. */
    private static boolean decidesNothing(Function function, Instr.Call call, Expr argument) {
        Set<Variable> counted = variables(Stream.of(argument));
        return argument.walk().noneMatch(e -> e instanceof Expr.Temp || e instanceof Expr.Deref)
                && counted.stream().allMatch(function.parameters()::contains)
                && Collections.disjoint(
                        counted,
                        variables(
                                function.instructions()
                                        .filter(i -> !i.equals(call) && !(i instanceof Instr.Eval))
                                        .flatMap(i -> i.expressions().stream())))
                && Collections.disjoint(
                        counted,
                        variables(
                                function.blocks().stream()
                                        .flatMap(b -> b.exit().expressions().stream())));
    }

    private static Set<Variable> variables(Stream<Expr> expressions) {
        return expressions
                .flatMap(Expr::walk)
                .filter(Expr.Var.class::isInstance)
                .map(e -> ((Expr.Var) e).variable())
                .collect(Collectors.toSet());
    }

    private static boolean isStored(Function function, Expr.Var variable) {
        return function.instructions()
                .anyMatch(i -> i instanceof Instr.Store s && s.isTo(variable.variable()));
    }

    /** The open or send that is tried, here or in a function called directly. */
    private static Optional<String> tried(Function function, Check check) {
        CallGraph graph = check.facts().graph();
        for (Function near : graph.reachable(function)) {
            Optional<String> found =
                    near.calls()
                            .map(c -> check.catalog().call(c.callee()))
                            .flatMap(Optional::stream)
                            .filter(UnboundedRetryRecursion::opensOrSends)
                            .map(SystemCall::name)
                            .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean opensOrSends(SystemCall call) {
        return call.effects().stream()
                .anyMatch(
                        e ->
                                e instanceof Effect.Acquires
                                        || (e instanceof Effect.State s
                                                && s.state().equals("requested")));
    }

    private static Report report(Function function, Instr.Call call, String system) {
        return Report.of(
                        INFO,
                        function.name(),
                        call.nameRange(),
                        function.name() + " tries again by calling itself")
                .why(
                        "while "
                                + system
                                + " keeps failing, each try takes more stack, until it overflows")
                .help("return the failure, or try again in a loop with a limit and a pause");
    }
}
