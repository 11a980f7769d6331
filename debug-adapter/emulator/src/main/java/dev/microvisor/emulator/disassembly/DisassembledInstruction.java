package dev.microvisor.emulator.disassembly;

import java.util.OptionalInt;

/**
 * One instruction, or data that is none.
 *
 * @param address of its first byte
 * @param sizeBytes 2 or 4
 * @param bits the instruction's halfwords, the first one on top
 * @param mnemonic with condition and width: {@code addeq.w}
 * @param operands as written after it; may be empty
 * @param target address that it jumps to or that its literal lies at
 * @param valid false when it is not an instruction of this core
 */
public record DisassembledInstruction(
        int address,
        int sizeBytes,
        int bits,
        String mnemonic,
        String operands,
        OptionalInt target,
        boolean valid) {

    /** Mnemonic and operands in one line. */
    public String text() {
        return operands.isEmpty() ? mnemonic : mnemonic + " " + operands;
    }

    /** Address of what follows. */
    public int end() {
        return address + sizeBytes;
    }
}
