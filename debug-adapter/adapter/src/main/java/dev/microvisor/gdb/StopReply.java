package dev.microvisor.gdb;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Registers;

/** A stop in the words of the section "Stop Reply Packets". */
final class StopReply {
    private static final int SIGINT = 2;
    private static final int SIGTRAP = 5;
    private static final int SIGSEGV = 11;

    private StopReply() {}

    /**
     * @param thread the one on the core
     */
    static String of(StopReason stop, TargetRegisters registers, String thread) {
        if (stop instanceof StopReason.Exited exited) {
            return String.format("W%02x", exited.code() & 0xFF);
        }
        int signal = SIGTRAP;
        String detail = "";
        if (stop instanceof StopReason.Paused) {
            signal = SIGINT;
        } else if (stop instanceof StopReason.Fault) {
            signal = SIGSEGV;
        } else if (stop instanceof StopReason.Breakpoint) {
            detail = "hwbreak:;";
        } else if (stop instanceof StopReason.Watchpoint watch) {
            detail = String.format("%s:%08x;", watch.write() ? "watch" : "rwatch", watch.address());
        }
        return String.format("T%02x", signal)
                + frame(registers)
                + detail
                + "thread:"
                + thread
                + ";";
    }

    /** Stack pointer, link register and program counter, which gdb asks for at every stop. */
    private static String frame(TargetRegisters registers) {
        StringBuilder text = new StringBuilder();
        for (int number : new int[] {Registers.SP, Registers.LR, Registers.PC}) {
            try {
                text.append(String.format("%02x:%s;", number, registers.read(number)));
            } catch (BadCommandException e) {
                throw new IllegalStateException("core register " + number, e);
            }
        }
        return text.toString();
    }
}
