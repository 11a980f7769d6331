package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Interrupt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The vector table: names of handlers, and IRQ numbers. The names are those of the vendor's startup
 * code, unless the program has a table of its own in C.
 */
public final class Vectors {
    /** Handlers of the processor's own exceptions (Armv8-M, B3.30), as CMSIS names them. */
    private static final Set<String> EXCEPTIONS =
            Set.of(
                    "NMI_Handler",
                    "HardFault_Handler",
                    "MemManage_Handler",
                    "BusFault_Handler",
                    "UsageFault_Handler",
                    "SVC_Handler",
                    "DebugMon_Handler",
                    "PendSV_Handler",
                    "SysTick_Handler");

    /** Places in the table (Armv8-M, B3.30): the reset handler, the fault handler, interrupt 0. */
    private static final int RESET = 1;

    private static final int HARD_FAULT = 3;
    private static final int FIRST_INTERRUPT = 16;

    private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,4})\\](\\.\\w+)?");

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> handlers = new HashMap<>();

    Vectors(Catalog catalog, Program program) {
        for (Interrupt interrupt : catalog.interrupts()) {
            numbers.put(interrupt.handlerName(), interrupt.number());
            handlers.put(interrupt.number(), interrupt.handlerName());
        }
        program.globals().forEach(this::read);
    }

    /** Takes the names of a table that the program writes down itself. */
    private void read(Variable variable) {
        Map<Integer, String> entries = new TreeMap<>();
        if (variable.type().isArray()
                && variable.declaration().initializer().orElse(null)
                        instanceof Expr.Aggregate table) {
            for (Expr.Entry entry : table.entries()) {
                Matcher index = INDEX.matcher(entry.path());
                if (index.matches() && function(entry.value()) instanceof Expr.FunctionRef f) {
                    entries.put(Integer.parseInt(index.group(1)), f.key());
                }
            }
        }
        if (!entries.containsKey(RESET)
                || !EXCEPTIONS.contains(entries.getOrDefault(HARD_FAULT, ""))) {
            return;
        }
        entries.forEach(
                (index, function) -> {
                    if (index >= FIRST_INTERRUPT) {
                        numbers.put(function, index - FIRST_INTERRUPT);
                        handlers.put(index - FIRST_INTERRUPT, function);
                    }
                });
    }

    private static Expr function(Expr entry) {
        return entry.uncast() instanceof Expr.AddressOf a ? a.place().uncast() : entry.uncast();
    }

    /** True for a handler of an interrupt or of an exception. */
    public boolean isVector(String function) {
        return numbers.containsKey(function) || EXCEPTIONS.contains(function);
    }

    /** IRQ number of a handler; empty for exceptions and other functions. */
    public Optional<Integer> irq(String function) {
        return Optional.ofNullable(numbers.get(function));
    }

    /** Name of the handler of an IRQ. */
    public Optional<String> handler(long irq) {
        return irq < 0 || irq > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.ofNullable(handlers.get((int) irq));
    }
}
