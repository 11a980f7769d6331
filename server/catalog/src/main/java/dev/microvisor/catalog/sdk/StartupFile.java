package dev.microvisor.catalog.sdk;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Interrupt;
import java.util.List;

/** {@code startup.c}: vector table and what runs between reset and {@code main}. */
final class StartupFile {
    private static final List<String> EXCEPTIONS =
            List.of(
                    "NMI_Handler",
                    "HardFault_Handler",
                    "MemManage_Handler",
                    "BusFault_Handler",
                    "UsageFault_Handler",
                    "",
                    "",
                    "",
                    "",
                    "SVC_Handler",
                    "DebugMon_Handler",
                    "",
                    "PendSV_Handler",
                    "SysTick_Handler");

    private StartupFile() {}

    static String of(Catalog catalog) {
        CText out =
                new CText()
                        .banner(
                                "Vector table and start-up code for an application under"
                                        + " Microvisor on the STM32U585. Microvisor has set the"
                                        + " clocks and VTOR before it gets here.")
                        .line()
                        .line("#include <stddef.h>")
                        .line("#include <stdint.h>")
                        .line();
        out.line("/* From microvisor.ld. */");
        out.line("extern uint32_t _estack, _sdata, _edata, _sidata, _sbss, _ebss;");
        out.line("extern char _end, _min_stack_size;").line();
        out.line("typedef void (*constructor)(void);");
        out.line("extern const constructor __preinit_array_start[], __preinit_array_end[];");
        out.line("extern const constructor __init_array_start[], __init_array_end[];");
        out.line("extern int main(void);").line();
        out.line("void Reset_Handler(void);");
        out.line("void Default_Handler(void);").line();
        resetHandler(out);
        heap(out);
        out.line("/** Where an interrupt without a handler ends: a place to look at. */");
        out.open("void Default_Handler(void) {").open("for (;;) {").close("}").close("}").line();
        out.line("/* A handler of the same name anywhere in the program takes the place. */");
        out.line(
                "#define HANDLER(name) void name(void) __attribute__((weak, alias(\"Default_Handler\")))");
        out.line();
        for (String exception : EXCEPTIONS) {
            if (!exception.isEmpty()) {
                out.line("HANDLER(" + exception + ");");
            }
        }
        for (Interrupt interrupt : catalog.interrupts()) {
            out.line("HANDLER(" + interrupt.handlerName() + ");");
        }
        out.line();
        table(out, catalog);
        return out.toString();
    }

    private static void resetHandler(CText out) {
        out.line("/* What newlib's __libc_init_array does, so that no C library is needed. */");
        out.line("static void run_all(const constructor *from, const constructor *to) {");
        out.line("    while (from != to) {").line("        (*from++)();").line("    }").line("}");
        out.line();
        out.line("/** First code of the application: RAM is garbage until the loops are done. */");
        out.open("void Reset_Handler(void) {");
        out.line("const uint32_t *from = &_sidata;");
        out.open("for (uint32_t *to = &_sdata; to < &_edata; to++) {");
        out.line("*to = *from++;");
        out.close("}");
        out.open("for (uint32_t *to = &_sbss; to < &_ebss; to++) {");
        out.line("*to = 0;");
        out.close("}");
        out.line("run_all(__preinit_array_start, __preinit_array_end);");
        out.line("run_all(__init_array_start, __init_array_end);");
        out.line("(void)main();");
        out.line("/* There is nothing to return to. */");
        out.open("for (;;) {").close("}");
        out.close("}").line();
    }

    private static void heap(CText out) {
        out.line("/** For newlib, if it is linked: gives malloc the memory below the stack. */");
        out.line("void *_sbrk(ptrdiff_t increment);");
        out.open("void *_sbrk(ptrdiff_t increment) {");
        out.line("static char *top = &_end;");
        out.line("char *limit = (char *)&_estack - (uintptr_t)&_min_stack_size;");
        out.open("if (increment > limit - top || increment < &_end - top) {");
        out.line("return (void *)-1;");
        out.close("}");
        out.line("char *block = top;");
        out.line("top += increment;");
        out.line("return block;");
        out.close("}").line();
    }

    private static void table(CText out, Catalog catalog) {
        out.line("typedef void (*vector)(void);").line();
        out.line("extern const vector vectors[];");
        out.line("__attribute__((section(\".isr_vector\"), used))");
        out.open("const vector vectors[] = {");
        out.line("(vector)(uintptr_t)&_estack,");
        out.line("Reset_Handler,");
        for (String exception : EXCEPTIONS) {
            out.line((exception.isEmpty() ? "NULL" : exception) + ",");
        }
        for (Interrupt interrupt : catalog.interrupts()) {
            out.line(interrupt.handlerName() + ", /* " + interrupt.number() + " */");
        }
        out.close("};");
    }
}
