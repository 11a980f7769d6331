package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Group;
import java.util.Optional;
import java.util.regex.Pattern;

/** Flags a centre whose interrupt nobody enables. */
public final class IrqNotEnabled implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "irq-not-enabled",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.INTERRUPTS,
                    RuleInfo.Tag.WHOLE_PROGRAM);

    /** What CMSIS-Core documents for an interrupt besides, with the same two kinds of wrappers. */
    private static final Pattern NO_ENABLE =
            Pattern.compile(
                    "(__|HAL_)?NVIC_(DisableIRQ|GetEnableIRQ|(Set|Get|Clear)PendingIRQ|GetActive"
                            + "|(Set|Get)Priority|(Set|Get)Vector|(Set|Get|Clear)TargetState)");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        if (!check.program().isWhole()) {
            return;
        }
        EnabledInterrupts enabled = EnabledInterrupts.of(check);
        for (Centre centre : Centre.all(check)) {
            if (centre.irq().flatMap(check.facts().vectors()::handler).isPresent()
                    && !enabled.unknown()
                    && !enabled.contains(centre.irq().get())
                    && !isHandedOn(centre, check)) {
                Report report =
                        Report.of(
                                        INFO,
                                        centre.setup().function().name(),
                                        CentrePlaces.irq(centre, check),
                                        "interrupt " + centre.irq().get() + " is never enabled")
                                .why(
                                        "Microvisor only pends it; until the application enables it no"
                                                + " notification reaches the handler")
                                .help("call NVIC_EnableIRQ after the centre is set up");
                enabling(centre, check).ifPresent(report::fix);
                check.report(report);
            }
        }
    }

    /**
     * A function whose body is not at hand, or one of Microvisor's for fast interrupts, gets the
     * number, and may enable the interrupt.
     */
    private static boolean isHandedOn(Centre centre, Check check) {
        String written = check.text(CentrePlaces.irq(centre, check));
        return check.program().functions().stream()
                .flatMap(Function::calls)
                .filter(c -> check.program().function(c.callee()).isEmpty())
                .filter(
                        c ->
                                check.catalog()
                                        .call(c.callee())
                                        .map(m -> m.group() == Group.INTERRUPTS)
                                        .orElse(true))
                .filter(c -> !NO_ENABLE.matcher(c.name()).matches())
                .flatMap(c -> c.arguments().stream())
                .filter(
                        a ->
                                a.uncast() instanceof Expr.Num n
                                        && centre.irq().filter(i -> i == n.value()).isPresent())
                .anyMatch(
                        a ->
                                (a.uncast().type().plain() instanceof CType.Int i
                                                && i.name().startsWith("enum "))
                                        || check.text(a.range()).equals(written));
    }

    /** A call of the function that this program or its CMSIS has for it. */
    private static Optional<Fix> enabling(Centre centre, Check check) {
        SourceRange setup = centre.setup().call().range();
        Optional<Edits> edits = Edits.in(setup, check);
        String number = check.text(CentrePlaces.irq(centre, check));
        boolean named = number.matches("\\w+_IRQn") || number.matches("\\d+");
        Optional<String> called =
                check.program().functions().stream()
                        .flatMap(Function::calls)
                        .filter(c -> c.arguments().size() == 1)
                        .map(Instr.Call::name)
                        .filter(EnabledInterrupts.ENABLE::contains)
                        .findFirst();
        boolean known =
                number.endsWith("_IRQn")
                        || edits.filter(e -> e.contains("NVIC_EnableIRQ(")).isPresent();
        Optional<String> name = called.or(() -> known ? Optional.of("NVIC_EnableIRQ") : called);
        if (!named || name.isEmpty() || edits.isEmpty()) {
            return Optional.empty();
        }
        return edits.get()
                .statementBefore(setup, name.get() + "(" + number + ");")
                .map(e -> Edits.suggestion("Enable interrupt " + number, e));
    }
}
