package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Group;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** CMSIS-Core's function and the vendor's wrapper of it; their bodies are in headers. */
    private static final Set<String> ENABLE =
            Set.of("NVIC_EnableIRQ", "__NVIC_EnableIRQ", "HAL_NVIC_EnableIRQ");

    /** What CMSIS-Core documents for an interrupt besides, with the same two kinds of wrappers. */
    private static final Pattern NO_ENABLE =
            Pattern.compile(
                    "(__|HAL_)?NVIC_(DisableIRQ|GetEnableIRQ|(Set|Get|Clear)PendingIRQ|GetActive"
                            + "|(Set|Get)Priority|(Set|Get)Vector|(Set|Get|Clear)TargetState)");

    /** NVIC_ISER0 to NVIC_ISER15 (Armv8-M Architecture Reference Manual). */
    private static final long SET_ENABLE_FIRST = 0xE000E100L;

    private static final long SET_ENABLE_LAST = 0xE000E13CL;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        if (!check.program().isWhole()) {
            return;
        }
        Enabled enabled = Enabled.of(check);
        for (Centre centre : Centre.all(check)) {
            if (centre.irq().flatMap(check.facts().vectors()::handler).isPresent()
                    && !enabled.unknown()
                    && !enabled.numbers().contains(centre.irq().get())
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
                        .filter(ENABLE::contains)
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

    /** Interrupts that the program enables; unknown when one of them is no constant. */
    private record Enabled(Set<Long> numbers, boolean unknown) {
        static Enabled of(Check check) {
            Set<Function> wrappers = new HashSet<>();
            boolean[] unknown = new boolean[1];
            for (Function function : check.program().functions()) {
                unknown[0] |= function.instructions().anyMatch(Instr.Unread.class::isInstance);
                if (function.instructions().anyMatch(Enabled::writesRegister)) {
                    // One parameter: the number, as CMSIS has it.
                    boolean wrapper = function.parameters().size() == 1;
                    unknown[0] |= !wrapper;
                    wrappers.add(function);
                }
            }
            List<Centre> centres = Centre.all(check);
            Set<Long> numbers = new HashSet<>();
            for (Function function : check.program().functions()) {
                function.calls()
                        .filter(c -> enables(c, wrappers, check) && c.arguments().size() == 1)
                        .forEach(
                                c -> {
                                    Optional<Long> number =
                                            number(c.arguments().get(0).uncast(), centres);
                                    number.ifPresent(numbers::add);
                                    unknown[0] |= number.isEmpty();
                                });
            }
            return new Enabled(numbers, unknown[0]);
        }

        /** A number, or that of the structure that a centre was made of. */
        private static Optional<Long> number(Expr given, List<Centre> centres) {
            if (given instanceof Expr.Num num) {
                return Optional.of(num.value());
            }
            return given instanceof Expr.Field field && field.base() instanceof Expr.Var setup
                    ? centres.stream()
                            .filter(c -> CentrePlaces.isIrq(field.name(), c))
                            .filter(c -> CentrePlaces.isSetup(setup.variable(), c))
                            .findFirst()
                            .flatMap(Centre::irq)
                    : Optional.empty();
        }

        private static boolean enables(Instr.Call call, Set<Function> wrappers, Check check) {
            return ENABLE.contains(call.name())
                    || check.program()
                            .function(call.callee())
                            .filter(wrappers::contains)
                            .isPresent();
        }

        /** A store to the set-enable registers, by the name of CMSIS or by their address. */
        private static boolean writesRegister(Instr instr) {
            return instr instanceof Instr.Store store
                    && store.place()
                            .walk()
                            .anyMatch(
                                    e ->
                                            (e instanceof Expr.Field f && f.name().equals("ISER"))
                                                    || (e instanceof Expr.Num n
                                                            && n.value() >= SET_ENABLE_FIRST
                                                            && n.value() <= SET_ENABLE_LAST));
        }
    }
}
