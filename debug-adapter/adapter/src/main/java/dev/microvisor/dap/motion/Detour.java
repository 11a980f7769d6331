package dev.microvisor.dap.motion;

import dev.microvisor.dap.motion.CodeMap.Caller;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Registers;
import java.util.Set;

/**
 * A call, an interrupt or an outer function that a step runs through at full speed: it is over when
 * the code that it left goes on in the same frame. Another task or a recursive call that passes the
 * same address is not mistaken for it, because its stack pointer differs.
 */
final class Detour {
    /** An exception frame is padded to 8 bytes, which the stack pointer after return undoes. */
    private static final int STACK_SLACK_BYTES = 8;

    private static final int EXC_RETURN_PSP = 1 << 2;
    private static final int FRAME_RETURN_ADDRESS = 0x18;

    private final Execution execution;
    private final Caller back;

    Detour(Execution execution, Caller back) {
        this.execution = execution;
        this.back = back;
    }

    /** The detour through the exception handler that was entered just now. */
    static Detour throughException(Execution execution, int stackPointerBefore) {
        Registers registers = execution.machine().registers();
        boolean process = (registers.get(Registers.LR) & EXC_RETURN_PSP) != 0;
        int frame = process ? registers.psp() : registers.msp();
        int address = word(execution.machine(), frame + FRAME_RETURN_ADDRESS) & ~1;
        return new Detour(execution, new Caller(address, stackPointerBefore));
    }

    /** Goes on; ARRIVED when the detour is over. */
    Execution.Slice advance() {
        execution.aimAt(Set.of(back.returnAddress()));
        Execution.Slice slice = execution.slice();
        boolean elsewhere =
                slice.outcome() == Execution.Outcome.ARRIVED && !isAt(execution.sp(), back);
        return elsewhere ? Execution.Slice.GOES_ON : slice;
    }

    /** True when a stack pointer is the one expected after a return. */
    static boolean isAt(int stackPointer, Caller caller) {
        return Math.abs(stackPointer - caller.stackPointer()) <= STACK_SLACK_BYTES;
    }

    private static int word(Debuggee machine, int address) {
        byte[] bytes = machine.peek(address, 4);
        int value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[i] & 0xFF);
        }
        return value;
    }
}
