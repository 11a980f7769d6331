package dev.microvisor.dap.report;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.Times;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Registers;
import java.util.ArrayList;
import java.util.List;

/**
 * A crash as a person wants to read it.
 *
 * @param instruction number of the instruction that faulted
 * @param microseconds of virtual time since Microvisor started
 * @param registers such as {@code r0 0x20000000}, in the order of the manual
 * @param backtrace a line a frame, innermost first
 * @param inHandlers faults that handlers made while they dealt with this one, in their order
 */
public record CrashReport(
        StopReason.Fault fault,
        String where,
        long instruction,
        long microseconds,
        List<String> explanation,
        List<String> registers,
        List<String> backtrace,
        List<CrashReport> inHandlers) {
    private static final int REGISTERS_PER_LINE = 4;

    private static final List<String> REGISTER_NAMES =
            List.of(
                    "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12",
                    "sp", "lr", "pc");

    public CrashReport {
        explanation = List.copyOf(explanation);
        registers = List.copyOf(registers);
        backtrace = List.copyOf(backtrace);
        inHandlers = List.copyOf(inHandlers);
    }

    /** The report of a fault at which the machine still stands. */
    public static CrashReport of(Target target, StopReason.Fault fault) {
        Registers registers = target.machine().registers();
        List<String> values = new ArrayList<>();
        for (int i = 0; i <= Registers.PC; i++) {
            values.add(String.format("%-4s 0x%08x", REGISTER_NAMES.get(i), registers.get(i)));
        }
        values.add(String.format("%-4s 0x%08x", "xpsr", registers.xpsr()));
        values.add(String.format("%-4s 0x%08x", "msp", registers.msp()));
        values.add(String.format("%-4s 0x%08x", "psp", registers.psp()));
        return new CrashReport(
                fault,
                target.describe(fault.pc()),
                target.machine().now(),
                Times.microseconds(target.machine().now(), target.machine().clockHz()),
                FaultWords.of(fault),
                values,
                Backtrace.of(target),
                List.of());
    }

    /** The same with what became of its handlers. */
    public CrashReport with(List<CrashReport> faultsInHandlers) {
        return new CrashReport(
                fault,
                where,
                instruction,
                microseconds,
                explanation,
                registers,
                backtrace,
                faultsInHandlers);
    }

    /** The fault in one line, and those in its handlers. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(sentence());
        inHandlers.forEach(further -> text.append("; its handler: ").append(further.sentence()));
        return text.toString();
    }

    private String sentence() {
        return fault.kind() + " at " + where + ": " + fault.detail();
    }

    /** The whole report. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        addTo(lines, "the firmware crashed: ");
        inHandlers.forEach(further -> further.addTo(lines, "and its handler crashed: "));
        return lines;
    }

    private void addTo(List<String> lines, String begin) {
        lines.add(begin + fault.kind() + " at " + where + ", at " + Times.seconds(microseconds));
        lines.add("  " + fault.detail());
        explanation.forEach(line -> lines.add("  " + line));
        for (int i = 0; i < registers.size(); i += REGISTERS_PER_LINE) {
            int end = Math.min(registers.size(), i + REGISTERS_PER_LINE);
            lines.add("  " + String.join("  ", registers.subList(i, end)));
        }
        lines.add("backtrace:");
        for (int i = 0; i < backtrace.size(); i++) {
            lines.add(String.format("  #%-2d %s", i, backtrace.get(i)));
        }
    }
}
