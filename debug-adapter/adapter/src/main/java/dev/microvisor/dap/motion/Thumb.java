package dev.microvisor.dap.motion;

import dev.microvisor.emulator.machine.Debuggee;
import java.util.OptionalInt;

/** The little that stepping must know of instructions: how long one is, and which are calls. */
final class Thumb {
    private Thumb() {}

    /** Where a call at {@code pc} returns to; empty when the instruction is no call. */
    static OptionalInt returnAddress(Debuggee machine, int pc) {
        byte[] code = machine.peek(pc, 4);
        if (code.length < 2) {
            return OptionalInt.empty();
        }
        int first = halfword(code, 0);
        boolean blxRegister = (first & 0xFF87) == 0x4780 || (first & 0xFF87) == 0x4784;
        if (blxRegister) {
            return OptionalInt.of(pc + 2);
        }
        boolean bl =
                code.length == 4
                        && (first & 0xF800) == 0xF000
                        && (halfword(code, 2) & 0xD000) == 0xD000;
        return bl ? OptionalInt.of(pc + 4) : OptionalInt.empty();
    }

    private static int halfword(byte[] code, int offset) {
        return (code[offset] & 0xFF) | ((code[offset + 1] & 0xFF) << 8);
    }
}
