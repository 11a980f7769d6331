package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.memory.Memory;
import java.util.function.Consumer;

/** Arm semihosting, as far as test programs need it: console output, clock and exit. */
final class Semihosting {
    /** The immediate of the BKPT that means "semihosting". */
    static final int BKPT_NUMBER = 0xAB;

    private static final int EXIT_NORMALLY = 0x20026;
    private static final int MAX_STRING = 1 << 16;

    private final CpuState cpu;
    private final Memory memory;
    private final Consumer<byte[]> output;

    Semihosting(CpuState cpu, Memory memory, Consumer<byte[]> output) {
        this.cpu = cpu;
        this.memory = memory;
        this.output = output;
    }

    /** Does the operation in r0 and puts the result there; the reason when the program ends. */
    StopReason call(long now, int clockHz) {
        int argument = cpu.r[1];
        int result = 0;
        switch (cpu.r[0]) {
            case 0x01 -> result = 1; // SYS_OPEN: everything is the console.
            case 0x03 -> output.accept(memory.peek(argument, 1)); // SYS_WRITEC
            case 0x04 -> writeString(argument); // SYS_WRITE0
            case 0x05 ->
                    output.accept(
                            memory.peek(
                                    memory.peekWord(argument + 4), memory.peekWord(argument + 8)));
            case 0x06 -> result = memory.peekWord(argument + 8); // SYS_READ: nothing was read.
            case 0x09 -> result = 1; // SYS_ISTTY
            case 0x10 -> result = (int) (now * 100 / clockHz); // SYS_CLOCK
            case 0x11 -> result = (int) (now / clockHz); // SYS_TIME
            case 0x15 -> result = -1; // SYS_GET_CMDLINE: there is none.
            case 0x16 -> memory.poke(memory.peekWord(argument), new byte[16]); // SYS_HEAPINFO
            case 0x18 -> {
                int code = argument == EXIT_NORMALLY ? 0 : 1;
                return new StopReason.Exited(code, "semihosting exit " + code);
            }
            case 0x20 -> {
                int code = memory.peekWord(argument + 4);
                return new StopReason.Exited(code, "semihosting exit " + code);
            }
            default -> {
                // SYS_CLOSE, SYS_FLEN, SYS_ERRNO and the rest: success or zero.
            }
        }
        cpu.r[0] = result;
        return null;
    }

    private void writeString(int address) {
        int length = 0;
        while (length < MAX_STRING) {
            byte[] next = memory.peek(address + length, 1);
            if (next.length == 0 || next[0] == 0) {
                break;
            }
            length++;
        }
        output.accept(memory.peek(address, length));
    }
}
