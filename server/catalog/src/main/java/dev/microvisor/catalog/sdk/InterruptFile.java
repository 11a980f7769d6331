package dev.microvisor.catalog.sdk;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Interrupt;

/** {@code interrupts.h}: interrupt numbers, and the few NVIC registers that firmware needs. */
final class InterruptFile {
    private InterruptFile() {}

    static String of(Catalog catalog) {
        CText out =
                new CText()
                        .banner(
                                "Interrupts of the STM32U585, and what the Armv8-M architecture"
                                        + " gives to handle them with.")
                        .line();
        out.line("#ifndef MICROVISOR_INTERRUPTS_H").line("#define MICROVISOR_INTERRUPTS_H").line();
        out.line("#include <stdint.h>").line();
        out.open("enum {");
        for (Interrupt interrupt : catalog.interrupts()) {
            out.line(interrupt.numberName() + " = " + interrupt.number() + ",");
        }
        out.close("};").line();
        out.line("#define NVIC_REGISTERS(base) ((volatile uint32_t *)(base))").line();
        set(out, "Lets an interrupt reach its handler.", "nvic_enable", "0xE000E100u");
        set(out, "Keeps an interrupt from its handler.", "nvic_disable", "0xE000E180u");
        set(out, "Forgets an interrupt that waits for its handler.", "nvic_clear", "0xE000E280u");
        out.line("/** Priority 0 (most urgent) to 15; the device has four priority bits. */");
        out.open("static inline void nvic_set_priority(uint32_t irq, uint8_t priority) {");
        out.line("((volatile uint8_t *)0xE000E400u)[irq] = (uint8_t)(priority << 4);");
        out.close("}").line();
        out.line("/** Sleeps until an interrupt is pending, even a masked one. */");
        out.open("static inline void wait_for_interrupt(void) {");
        out.line("__asm volatile(\"dsb\\n\\twfi\" ::: \"memory\");");
        out.close("}").line();
        out.line("/** Holds all interrupts back; they stay pending. */");
        out.open("static inline void interrupts_off(void) {");
        out.line("__asm volatile(\"cpsid i\" ::: \"memory\");");
        out.close("}").line();
        out.line("/** Ends interrupts_off(). */");
        out.open("static inline void interrupts_on(void) {");
        out.line("__asm volatile(\"cpsie i\\n\\tisb\" ::: \"memory\");");
        out.close("}").line();
        return out.line("#endif /* MICROVISOR_INTERRUPTS_H */").toString();
    }

    private static void set(CText out, String meaning, String function, String base) {
        out.line("/** " + meaning + " */");
        out.open("static inline void " + function + "(uint32_t irq) {");
        out.line("NVIC_REGISTERS(" + base + ")[irq / 32] = 1u << (irq % 32);");
        out.line("__asm volatile(\"dsb\\n\\tisb\" ::: \"memory\");");
        out.close("}").line();
    }
}
