package dev.microvisor.dap.report;

import dev.microvisor.emulator.guest.StopReason;
import java.util.ArrayList;
import java.util.List;

/** Fault status registers in words. Bits and names are those of the Armv8-M manual. */
public final class FaultWords {
    private record Bit(int number, String name, String meaning) {}

    private static final List<Bit> CFSR =
            List.of(
                    new Bit(0, "IACCVIOL", "an instruction was fetched from where none may be"),
                    new Bit(1, "DACCVIOL", "a load or store was not allowed there"),
                    new Bit(3, "MUNSTKERR", "unstacking on return from an exception failed"),
                    new Bit(4, "MSTKERR", "stacking on entry to an exception failed"),
                    new Bit(5, "MLSPERR", "saving floating-point registers failed"),
                    new Bit(7, "MMARVALID", "MMFAR holds the address"),
                    new Bit(8, "IBUSERR", "the bus refused an instruction fetch"),
                    new Bit(9, "PRECISERR", "the bus refused a load or store"),
                    new Bit(10, "IMPRECISERR", "the bus refused an earlier store"),
                    new Bit(11, "UNSTKERR", "unstacking on return from an exception failed"),
                    new Bit(12, "STKERR", "stacking on entry to an exception failed"),
                    new Bit(13, "LSPERR", "saving floating-point registers failed"),
                    new Bit(15, "BFARVALID", "BFAR holds the address"),
                    new Bit(16, "UNDEFINSTR", "the instruction is not defined"),
                    new Bit(17, "INVSTATE", "a jump to an address without the Thumb bit"),
                    new Bit(18, "INVPC", "the exception return value is not valid"),
                    new Bit(19, "NOCP", "the coprocessor or FPU is absent or switched off"),
                    new Bit(20, "STKOF", "the stack pointer went below its limit"),
                    new Bit(24, "UNALIGNED", "an access was not aligned"),
                    new Bit(25, "DIVBYZERO", "an integer was divided by zero"));

    private static final List<Bit> HFSR =
            List.of(
                    new Bit(1, "VECTTBL", "the vector table could not be read"),
                    new Bit(
                            30,
                            "FORCED",
                            "another fault became a HardFault because its handler is not enabled"
                                    + " or could not run"),
                    new Bit(31, "DEBUGEVT", "a breakpoint instruction ran without a debugger"));

    private static final int MMARVALID = 1 << 7;
    private static final int BFARVALID = 1 << 15;

    private FaultWords() {}

    /** One line for each thing that the registers say. */
    public static List<String> of(StopReason.Fault fault) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("CFSR 0x%08x%s", fault.cfsr(), names(CFSR, fault.cfsr())));
        describe(CFSR, fault.cfsr(), lines);
        lines.add(String.format("HFSR 0x%08x%s", fault.hfsr(), names(HFSR, fault.hfsr())));
        describe(HFSR, fault.hfsr(), lines);
        if ((fault.cfsr() & MMARVALID) != 0) {
            lines.add(
                    String.format("MMFAR 0x%08x: the address of the access", fault.faultAddress()));
        }
        if ((fault.cfsr() & BFARVALID) != 0) {
            lines.add(
                    String.format("BFAR 0x%08x: the address of the access", fault.faultAddress()));
        }
        return lines;
    }

    private static String names(List<Bit> bits, int value) {
        StringBuilder text = new StringBuilder();
        for (Bit bit : bits) {
            if ((value >>> bit.number() & 1) != 0) {
                text.append(' ').append(bit.name());
            }
        }
        return text.toString();
    }

    private static void describe(List<Bit> bits, int value, List<String> lines) {
        for (Bit bit : bits) {
            if ((value >>> bit.number() & 1) != 0) {
                lines.add("  " + bit.name() + ": " + bit.meaning());
            }
        }
    }
}
