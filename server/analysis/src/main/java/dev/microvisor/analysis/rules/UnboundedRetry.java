package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.catalog.Tier;
import java.util.List;
import java.util.Optional;

/** Flags a loop that makes a call again until it works, whatever the reason that it does not. */
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
            Optional<Instr.Call> tried =
                    UnboundedWait.instructions(function, loop).stream()
                            .filter(Instr.Call.class::isInstance)
                            .map(Instr.Call.class::cast)
                            .filter(c -> tries(c, check))
                            .findFirst();
            if (tried.isPresent() && isUnbounded(function, loop, check)) {
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

    /**
     * True for a call that opens, sends or acts, and for a wrapper that opens or uses a channel.
     * Wrappers that set up centres and networks at the start may well be tried for as long as it
     * takes, as may those that do the whole of an exchange and close the channel again.
     */
    private static boolean tries(Instr.Call call, Check check) {
        Optional<Function> wrapper = check.program().function(call.callee());
        return UnboundedWait.system(call, check)
                .filter(c -> opensOrSends(c) || (wrapper.isEmpty() && acts(c)))
                .filter(
                        c ->
                                wrapper.isEmpty()
                                        || Effects.requests(c)
                                        || Effects.acquires(c, Effects.CHANNEL))
                .filter(c -> wrapper.isEmpty() || !closes(wrapper.get(), check))
                .isPresent();
    }

    /** True for a call that is made for what it does, not for what it tells. */
    private static boolean acts(SystemCall call) {
        return call.tier() == Tier.MUST_CHECK
                && call.effects().stream().noneMatch(Effect.Writes.class::isInstance);
    }

    private static boolean closes(Function wrapper, Check check) {
        return check.facts().graph().reachable(wrapper).stream()
                .flatMap(Function::calls)
                .flatMap(c -> check.catalog().call(c.callee()).stream())
                .anyMatch(c -> Effects.releases(c, Effects.CHANNEL));
    }

    private static boolean isUnbounded(Function function, Function.Loop loop, Check check) {
        List<Expr> conditions = UnboundedWait.exits(function, loop);
        return !conditions.isEmpty()
                && conditions.stream()
                        .allMatch(
                                c ->
                                        UnboundedWait.onlyPolls(c, function, loop, check)
                                                && !namesAFailure(c));
    }

    /** True when this rule speaks of the loop around a call. */
    static boolean isUnbounded(Function function, Instr.Call call, Check check) {
        return function.loops().stream()
                .filter(l -> UnboundedWait.instructions(function, l).contains(call))
                .anyMatch(l -> isUnbounded(function, l, check));
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
