package dev.microvisor.analysis.engine;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Interrupt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The vector table: names of handlers, and IRQ numbers. */
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

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> handlers = new HashMap<>();

    public Vectors(Catalog catalog) {
        for (Interrupt interrupt : catalog.interrupts()) {
            numbers.put(interrupt.handlerName(), interrupt.number());
            handlers.put(interrupt.number(), interrupt.handlerName());
        }
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
