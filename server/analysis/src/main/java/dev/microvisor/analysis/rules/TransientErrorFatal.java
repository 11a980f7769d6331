package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Catalog;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Flags a program that ends itself because of a status that passes. Speaks only where the path has
 * singled such a status out; an assertion of success alone is a matter of taste.
 */
public final class TransientErrorFatal implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("transient-error-fatal", Severity.WARNING, RuleInfo.Tag.CONTROL_FLOW);

    /** Statuses that a later try may not get. */
    private static final List<String> PASSING =
            List.of(
                    "MV_STATUS_RATELIMITED",
                    "MV_STATUS_CHANNELCLOSED",
                    "MV_STATUS_NETWORKNOTCONNECTED",
                    "MV_STATUS_MICROVISORBUSY");

    /** Ends of a program in the C library and in CMSIS. */
    private static final Set<String> ENDINGS =
            Set.of(
                    "abort",
                    "exit",
                    "_exit",
                    "__assert_func",
                    "NVIC_SystemReset",
                    "__NVIC_SystemReset");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        if (!ends(site.call(), check)) {
            return;
        }
        for (Sym sym : site.state().symbols()) {
            Optional<String> passing = passing(sym, site, check.catalog());
            boolean here = site.function().calls().anyMatch(c -> c.range().equals(sym.origin()));
            if (passing.isPresent()
                    && here
                    && isLatest(sym, site)
                    && !site.state().isTrusted(sym)) {
                check.report(
                        Report.of(
                                        INFO,
                                        site.function().name(),
                                        site.call().nameRange(),
                                        "the program ends here because "
                                                + sym.call()
                                                + " answered "
                                                + passing.get())
                                .why("this status passes; trying again later would do")
                                .help("wait, or open the channel anew, and try again")
                                .note(sym.origin(), sym.call() + " called here"));
            }
        }
    }

    /** False when another system call came later: it was tried again, and that is what counts. */
    private static boolean isLatest(Sym sym, CallSite site) {
        return site.state().symbols().stream()
                .filter(s -> s.kind() == Sym.Kind.STATUS && s.origin() != null)
                .noneMatch(s -> s.origin().startLine() > sym.origin().startLine());
    }

    private static boolean ends(Instr.Call call, Check check) {
        Optional<Function> callee = check.program().function(call.callee());
        return callee.map(f -> f.noReturn() || check.facts().isNeverReturning(f))
                .orElse(ENDINGS.contains(call.name()));
    }

    private static Optional<String> passing(Sym sym, CallSite site, Catalog catalog) {
        if (sym.kind() != Sym.Kind.STATUS) {
            return Optional.empty();
        }
        return PASSING.stream()
                .filter(
                        name ->
                                catalog.constant(name)
                                        .filter(c -> site.state().set(sym).isOnly(c.value()))
                                        .isPresent())
                .findFirst();
    }
}
