package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.HashSet;
import java.util.Set;

/** Flags a centre whose interrupt nobody enables. */
public final class IrqNotEnabled implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "irq-not-enabled",
                    Severity.WARNING,
                    RuleInfo.Tag.INTERRUPTS,
                    RuleInfo.Tag.WHOLE_PROGRAM);

    /** CMSIS and the HAL: the ways to enable an interrupt. */
    private static final Set<String> ENABLE =
            Set.of("NVIC_EnableIRQ", "__NVIC_EnableIRQ", "HAL_NVIC_EnableIRQ");

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
            if (centre.irq().isPresent()
                    && !enabled.unknown()
                    && !enabled.numbers().contains(centre.irq().get())) {
                check.report(
                        Report.of(
                                        INFO,
                                        centre.setup().function().name(),
                                        CentrePlaces.irq(centre, check),
                                        "interrupt " + centre.irq().get() + " is never enabled")
                                .why(
                                        "Microvisor only pends it; until the application enables it no"
                                                + " notification reaches the handler")
                                .help("call NVIC_EnableIRQ after the centre is set up"));
            }
        }
    }

    /** Interrupts that the program enables; unknown when one of them is no constant. */
    private record Enabled(Set<Long> numbers, boolean unknown) {
        static Enabled of(Check check) {
            Set<Long> numbers = new HashSet<>();
            boolean[] unknown = new boolean[1];
            for (Function function : check.program().functions()) {
                function.calls()
                        .filter(c -> ENABLE.contains(c.name()) && c.arguments().size() == 1)
                        .forEach(
                                c -> {
                                    if (c.arguments().get(0).uncast() instanceof Expr.Num num) {
                                        numbers.add(num.value());
                                    } else {
                                        unknown[0] = true;
                                    }
                                });
                // The set-enable register, written by hand.
                unknown[0] |= function.instructions().anyMatch(Enabled::writesRegister);
            }
            return new Enabled(numbers, unknown[0]);
        }

        private static boolean writesRegister(Instr instr) {
            return instr instanceof Instr.Store store
                    && store.place()
                            .walk()
                            .anyMatch(e -> e instanceof Expr.Field f && f.name().equals("ISER"));
        }
    }
}
