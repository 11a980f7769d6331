package dev.microvisor.catalog.sdk;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;

/**
 * {@code mv_syscalls.s}: every call as an absolute Thumb function at its fixed address. The linker
 * bridges the distance from flash with veneers.
 */
final class StubFile {
    private StubFile() {}

    static String of(Catalog catalog) {
        CText out =
                new CText()
                        .banner(
                                "Entry points of the Microvisor system calls: slot n of the"
                                        + " non-secure-callable table is at 0x0C1FE000 + 8 n. Bit 0"
                                        + " marks Thumb code.")
                        .line()
                        .line("        .syntax unified")
                        .line("        .thumb")
                        .line();
        out.line("        .macro  syscall name, address");
        out.line("        .global \\name");
        out.line("        .type   \\name, %function");
        out.line("        .set    \\name, \\address + 1");
        out.line("        .endm").line();
        for (SystemCall call : catalog.calls()) {
            out.line("        syscall %s, 0x%08x".formatted(call.name(), call.address()));
        }
        return out.toString();
    }
}
