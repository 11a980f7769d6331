package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.InterruptContext;
import dev.microvisor.catalog.SystemCall;
import java.util.List;
import java.util.Optional;

/** Flags system calls that an interrupt handler makes, itself or through what it calls. */
public final class SyscallInIsr implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("syscall-in-isr", Severity.WARNING, RuleInfo.Tag.INTERRUPTS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        CallGraph graph = check.facts().graph();
        for (Function handler : graph.interruptHandlers().values()) {
            for (Function function : graph.reachable(handler)) {
                function.calls()
                        .filter(c -> c.origin() != Instr.Origin.HEADER_MACRO)
                        .filter(c -> check.program().function(c.callee()).isEmpty())
                        .forEach(
                                call -> {
                                    Optional<SystemCall> contract =
                                            check.catalog().call(call.callee());
                                    contract.ifPresent(
                                            c -> report(handler, function, call, c, check));
                                });
            }
        }
    }

    private static void report(
            Function handler,
            Function function,
            Instr.Call call,
            SystemCall contract,
            Check check) {
        boolean refused = contract.context() == InterruptContext.REFUSED;
        List<CallGraph.Site> path = check.facts().graph().path(handler, function);
        Instr.Call first =
                path.stream()
                        .skip(hooked(path, handler))
                        .map(CallGraph.Site::call)
                        .findFirst()
                        .orElse(call);
        String how = first.equals(call) ? "" : " through " + first.name();
        Report report =
                Report.of(
                                INFO,
                                handler.name(),
                                first.nameRange(),
                                handler.name() + " calls " + contract.name() + how)
                        .severity(refused ? Severity.ERROR : Severity.WARNING)
                        .why(
                                refused
                                        ? "it answers MV_STATUS_UNAVAILABLE in an interrupt handler"
                                        : "what it does in an interrupt handler is not documented; it"
                                                + " may run in the middle of the same call of a task")
                        .help("set a flag and make the call in a task or in the main loop");
        for (CallGraph.Site site : path) {
            report.note(
                    site.call().nameRange(), site.caller().name() + " calls " + site.call().name());
        }
        if (!path.isEmpty()) {
            report.note(call.nameRange(), contract.name() + " is called here");
        }
        check.report(report);
    }

    /**
     * How many calls lie before what an application hooks into the HAL's handler, or into another's
     * by a pointer: that is its own to mend.
     */
    private static int hooked(List<CallGraph.Site> path, Function handler) {
        int before = 0;
        for (int i = 0; i < path.size(); i++) {
            CallGraph.Site site = path.get(i);
            boolean pointer =
                    !(site.call().target() instanceof Expr.FunctionRef)
                            && !site.caller().equals(handler);
            if (pointer || (site.isThroughHal() && before == i)) {
                before = i + 1;
            }
        }
        return before;
    }
}
