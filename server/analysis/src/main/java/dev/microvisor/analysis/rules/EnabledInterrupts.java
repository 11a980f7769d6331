package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The interrupts that a program enables.
 *
 * @param all each by the place where its number is given
 * @param unknown true when some interrupt is enabled whose number is not known
 */
record EnabledInterrupts(List<Enabling> all, boolean unknown) {
    /** CMSIS-Core's function and the vendor's wrapper of it; their bodies are in headers. */
    static final Set<String> ENABLE =
            Set.of("NVIC_EnableIRQ", "__NVIC_EnableIRQ", "HAL_NVIC_EnableIRQ");

    /** NVIC_ISER0 to NVIC_ISER15 (Armv8-M Architecture Reference Manual). */
    private static final long SET_ENABLE_FIRST = 0xE000E100L;

    private static final long SET_ENABLE_LAST = 0xE000E13CL;

    /** Functions through which a number is followed to those who give it. */
    private static final int MAX_CALLERS = 3;

    /**
     * @param number the argument that is, or becomes, the interrupt's number
     */
    record Enabling(Function function, Expr number, long irq) {}

    static EnabledInterrupts of(Check check) {
        return new Search(check).search();
    }

    boolean contains(long irq) {
        return all.stream().anyMatch(e -> e.irq() == irq);
    }

    private static final class Search {
        private final Check check;
        private final List<Centre> centres;
        private final List<Enabling> all = new ArrayList<>();
        private boolean unknown;

        Search(Check check) {
            this.check = check;
            this.centres = Centre.all(check);
        }

        EnabledInterrupts search() {
            Set<Function> wrappers = new HashSet<>();
            for (Function function : check.program().functions()) {
                unknown |= function.instructions().anyMatch(Instr.Unread.class::isInstance);
                if (function.instructions().anyMatch(Search::writesRegister)) {
                    // One parameter: the number, as CMSIS has it.
                    unknown |= function.parameters().size() != 1;
                    wrappers.add(function);
                }
            }
            for (Function function : check.program().functions()) {
                if (!wrappers.contains(function)) {
                    function.calls()
                            .filter(c -> enables(c, wrappers) && c.arguments().size() == 1)
                            .forEach(c -> add(function, c.arguments().get(0), MAX_CALLERS));
                }
            }
            return new EnabledInterrupts(List.copyOf(all), unknown);
        }

        private void add(Function function, Expr given, int callers) {
            Optional<Long> number = number(given.uncast());
            if (number.isPresent()) {
                all.add(new Enabling(function, given, number.get()));
                return;
            }
            int parameter = parameter(function, given.uncast());
            boolean told = false;
            if (parameter >= 0 && callers > 0) {
                for (Function caller : check.program().functions()) {
                    for (Instr.Call call : caller.calls().toList()) {
                        if (call.callee().equals(function.key())
                                && call.arguments().size() > parameter) {
                            told = true;
                            add(caller, call.arguments().get(parameter), callers - 1);
                        }
                    }
                }
            }
            unknown |= !told;
        }

        /** A number, or that of the structure that a centre was made of. */
        private Optional<Long> number(Expr given) {
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

        /** Index of the parameter that an expression is, as the caller gave it; else negative. */
        private static int parameter(Function function, Expr given) {
            return given instanceof Expr.Var v
                            && function.storesTo(v.variable()).findAny().isEmpty()
                    ? function.parameters().indexOf(v.variable())
                    : -1;
        }

        private boolean enables(Instr.Call call, Set<Function> wrappers) {
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
