package dev.microvisor.emulator.core;

/**
 * Decoded instructions that stand in a row and are executed one after the other until one of them
 * branches. Only the last may do anything to the PC other than branching to a fixed address, so a
 * sequence needs no PC while it is executed: it follows from the place in the sequence.
 */
final class Sequence {
    /** Most instructions in a sequence. */
    static final int MAX_INSTRUCTIONS = 32;

    /** Most bytes in a sequence. */
    static final int MAX_BYTES = 4 * MAX_INSTRUCTIONS;

    /** Address of the first instruction. */
    final int start;

    /** The instructions, as {@link Instruction} packs them. */
    final long[] code;

    /** Address behind the last instruction. */
    final int next;

    /** The stretch of time for which {@link #noted} holds, as {@link Tracks} numbers them. */
    int notedIn = -1;

    /** Index up to which it is noted in the {@link Tracks} that these instructions have run. */
    int noted;

    Sequence(int start, long[] code, int next) {
        this.start = start;
        this.code = code;
        this.next = next;
    }

    /** Address of an instruction, or the one behind the last. */
    int address(int index) {
        if (index == code.length) {
            return next;
        }
        int address = start;
        for (int i = 0; i < index; i++) {
            address += Instruction.sizeBytes((int) code[i]);
        }
        return address;
    }

    /** True when the PC is known behind an operation, or not needed there. */
    static boolean mayGoOnBehind(int op) {
        if (op >= Op.BEQ && op <= Op.CBNZ) {
            return true;
        }
        return op != Op.UNDECODED
                && op != Op.BREAKPOINT
                && op != Op.LDM_PC
                && op != Op.POP_PC
                && !(op >= Op.B && op <= Op.TBH)
                && !(op >= Op.LDR_ANY && op <= Op.ADD_PC)
                && op != Op.BRANCH_TO_SELF
                && (op < Op.MRS || op > Op.FLOAT_UNDEFINED || op == Op.BARRIER);
    }
}
