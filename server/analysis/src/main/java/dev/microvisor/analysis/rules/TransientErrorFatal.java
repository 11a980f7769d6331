package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Halt;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.StatusCase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Flags a program that ends itself because of a status that passes: where the path has singled it
 * out, or where success is asserted of a call that lists such a status.
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
                    "__builtin_trap",
                    "NVIC_SystemReset",
                    "__NVIC_SystemReset");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        if (ends(site.call(), check)) {
            for (Sym sym : site.state().symbols()) {
                failed(sym, site.state().set(sym), End.of(site), check);
            }
        }
        asserted(site, check);
    }

    @Override
    public void onHalt(Halt halt, Check check) {
        SourceRange whole = halt.where();
        SourceRange head =
                new SourceRange(
                        whole.file(),
                        whole.startLine(),
                        whole.startColumn(),
                        whole.startLine(),
                        whole.startColumn() + 3);
        for (Sym sym : halt.state().symbols()) {
            failed(sym, halt.state().set(sym), new End(halt.function(), halt.state(), head), check);
        }
    }

    /** Where a path of a function ends the program. */
    private record End(Function function, State state, SourceRange where) {
        static End of(CallSite site) {
            return new End(site.function(), site.state(), site.call().nameRange());
        }
    }

    /** A function that does not return unless its argument says that all is well. */
    private static void asserted(CallSite site, Check check) {
        Optional<Function> callee = check.program().function(site.call().callee());
        if (callee.isEmpty()) {
            return;
        }
        check.facts()
                .asserted(callee.get())
                .forEach(
                        (index, demand) -> {
                            Value argument = site.argument(index);
                            if (argument instanceof Value.Truth truth && !demand.contains(0)) {
                                ValueSet no = truth.when().complement();
                                ValueSet left = site.state().set(truth.sym()).and(no);
                                failed(truth.sym(), left, End.of(site), check);
                            } else if (argument instanceof Value.Symbolic s && s.plus() == 0) {
                                ValueSet left = site.state().set(s.sym()).and(demand.complement());
                                failed(s.sym(), left, End.of(site), check);
                            } else if (argument.number()
                                    .filter(n -> !demand.contains(n))
                                    .isPresent()) {
                                for (Sym sym : site.state().symbols()) {
                                    failed(sym, site.state().set(sym), End.of(site), check);
                                }
                            }
                        });
    }

    /**
     * The program ends when a status is in a set.
     *
     * @param set without {@code MV_STATUS_OKAY} when the status is what it ends for
     */
    private static void failed(Sym sym, ValueSet set, End site, Check check) {
        boolean here = site.function().calls().anyMatch(c -> c.range().equals(sym.origin()));
        if (sym.kind() != Sym.Kind.STATUS
                || set.isEmpty()
                || set.contains(0)
                || !here
                || !isLatest(sym, site)) {
            return;
        }
        Set<String> listed =
                check.catalog().call(sym.call()).stream()
                        .flatMap(c -> c.statuses().stream())
                        .map(StatusCase::status)
                        .collect(Collectors.toSet());
        for (String name : PASSING) {
            long value = check.catalog().constant(name).orElseThrow().value();
            boolean only = set.isOnly(value);
            // Whoever the status was passed to may have left for it, unless it was singled out.
            boolean among =
                    set.contains(value) && listed.contains(name) && !site.state().isTrusted(sym);
            if (only || (among && !thinksOf(site.function(), check))) {
                report(sym, name, only, site, check);
                return;
            }
        }
    }

    /** The function tells a passing status from others: what is left may well be final. */
    private static boolean thinksOf(Function function, Check check) {
        Set<Long> passing =
                PASSING.stream()
                        .map(n -> check.catalog().constant(n).orElseThrow().value())
                        .collect(Collectors.toSet());
        return function.blocks().stream()
                .map(Block::exit)
                .anyMatch(
                        exit ->
                                exit instanceof Block.Exit.Switch choice
                                        ? choice.cases().stream()
                                                .anyMatch(c -> passing.contains(c.low()))
                                        : exit.expressions().stream()
                                                .flatMap(Expr::walk)
                                                .anyMatch(
                                                        e ->
                                                                e instanceof Expr.Num n
                                                                        && n.type()
                                                                                .isEnum("MvStatus")
                                                                        && passing.contains(
                                                                                n.value())));
    }

    private static void report(Sym sym, String status, boolean only, End site, Check check) {
        check.report(
                Report.of(
                                INFO,
                                site.function().name(),
                                site.where(),
                                "the program ends here "
                                        + (only ? "because " : "even if ")
                                        + sym.call()
                                        + " answered "
                                        + status)
                        .severity(only ? Severity.WARNING : Severity.NOTE)
                        .why("this status passes; trying again later would do")
                        .help("wait, or open the channel anew, and try again")
                        .note(sym.origin(), sym.call() + " called here"));
    }

    /** False when another system call came later: it was tried again, and that is what counts. */
    private static boolean isLatest(Sym sym, End site) {
        return site.state().symbols().stream()
                .filter(s -> s.kind() == Sym.Kind.STATUS && s.origin() != null)
                .noneMatch(s -> s.origin().startLine() > sym.origin().startLine());
    }

    private static boolean ends(Instr.Call call, Check check) {
        Optional<Function> callee = check.program().function(call.callee());
        return callee.map(f -> f.noReturn() || check.facts().isNeverReturning(f))
                .orElse(ENDINGS.contains(call.name()));
    }
}
