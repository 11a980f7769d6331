package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.List;
import java.util.Optional;

/**
 * Flags an initialisation whose failure is reported through what was to be initialised: the report
 * starts the initialisation again, without end.
 */
public final class InitFailureRecursion implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("init-failure-recursion", Severity.ERROR, RuleInfo.Tag.CONTROL_FLOW);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        Optional<Function> callee = check.program().function(site.call().callee());
        if (callee.isEmpty()) {
            return;
        }
        CallGraph graph = check.facts().graph();
        if (!graph.inOneCircle(callee.get(), site.function())) {
            return;
        }
        for (Value argument : site.arguments()) {
            failedInit(argument, site, check).ifPresent(s -> report(site, s, callee.get(), check));
        }
        for (Sym sym : site.state().symbols()) {
            if (sym.kind() == Sym.Kind.STATUS
                    && isInit(sym, site, check)
                    && !site.state().set(sym).contains(0)) {
                report(site, sym, callee.get(), check);
            }
        }
    }

    /** A call that is told how an initialisation of this function went. */
    private static Optional<Sym> failedInit(Value argument, CallSite site, Check check) {
        Optional<Sym> sym = Optional.empty();
        if (argument instanceof Value.Truth truth) {
            sym = Optional.of(truth.sym());
        } else if (argument instanceof Value.Symbolic s) {
            sym = Optional.of(s.sym());
        }
        return sym.filter(s -> s.kind() == Sym.Kind.STATUS)
                .filter(s -> isInit(s, site, check))
                .filter(s -> !site.state().set(s).isOnly(0));
    }

    /** A call in this very function that hands memory over for good. */
    private static boolean isInit(Sym sym, CallSite site, Check check) {
        boolean here = site.function().calls().anyMatch(c -> c.range().equals(sym.origin()));
        return here
                && check.catalog()
                        .call(sym.call())
                        .map(InitFailureRecursion::borrowsForGood)
                        .orElse(false);
    }

    private static boolean borrowsForGood(SystemCall call) {
        return call.effects().stream()
                .anyMatch(e -> e instanceof Effect.Borrows b && b.until().isEmpty());
    }

    private static void report(CallSite site, Sym status, Function callee, Check check) {
        List<CallGraph.Site> path = check.facts().graph().path(callee, site.function());
        boolean barred =
                path.stream().anyMatch(s -> Barred.isBarred(s.caller(), s.call(), site))
                        || Inevitable.callAt(site.function(), status.origin())
                                .filter(init -> Barred.isBarred(site.function(), init, site))
                                .isPresent();
        if (barred) {
            return;
        }
        Report report =
                Report.of(
                                INFO,
                                site.function().name(),
                                site.call().nameRange(),
                                "when "
                                        + status.call()
                                        + " fails, "
                                        + site.call().name()
                                        + " leads back here")
                        .why(
                                "reporting the failure starts the initialisation again, which fails"
                                        + " again, until the stack is full")
                        .help(
                                "report a failed initialisation by other means, or remember that it was"
                                        + " tried before calling anything that may log")
                        .note(status.origin(), status.call() + " is tried here");
        for (CallGraph.Site step : path) {
            report.note(
                    step.call().nameRange(), step.caller().name() + " calls " + step.call().name());
        }
        check.report(report);
    }
}
