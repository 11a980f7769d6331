package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.List;
import java.util.Optional;

/** Flags a loop that opens or sends again until it works, whatever the reason that it does not. */
public final class UnboundedRetry implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("unbounded-retry", Severity.WARNING, RuleInfo.Tag.CONTROL_FLOW);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        for (Function.Loop loop : function.loops()) {
            List<Expr> conditions = UnboundedWait.exits(function, loop);
            Optional<Instr.Call> tried =
                    UnboundedWait.instructions(function, loop).stream()
                            .filter(Instr.Call.class::isInstance)
                            .map(Instr.Call.class::cast)
                            .filter(c -> check.catalog().call(c.callee()).isPresent())
                            .filter(
                                    c ->
                                            opensOrSends(
                                                    check.catalog().call(c.callee()).orElseThrow()))
                            .findFirst();
            if (tried.isPresent()
                    && !conditions.isEmpty()
                    && conditions.stream()
                            .allMatch(
                                    c ->
                                            UnboundedWait.onlyPolls(c, function, loop, check)
                                                    && !namesAFailure(c))) {
                check.report(
                        Report.of(
                                        INFO,
                                        function.name(),
                                        tried.get().nameRange(),
                                        "this loop tries "
                                                + tried.get().name()
                                                + " until it works, without a limit")
                                .why(
                                        "many failures do not pass, such as a wrong handle or"
                                                + " buffer; the application then hangs here")
                                .help(
                                        "count the tries, wait between them, and try again only"
                                                + " after a status that can pass"));
            }
        }
    }

    static boolean opensOrSends(SystemCall call) {
        return call.effects().stream()
                .anyMatch(
                        e ->
                                e instanceof Effect.Acquires
                                        || (e instanceof Effect.State s
                                                && s.state().equals("requested")));
    }

    /** Compares with a status other than OKAY: somebody thought about which ones pass. */
    private static boolean namesAFailure(Expr condition) {
        return condition
                .walk()
                .anyMatch(e -> e instanceof Expr.Num n && n.value() > 0 && n.value() < 63);
    }
}
