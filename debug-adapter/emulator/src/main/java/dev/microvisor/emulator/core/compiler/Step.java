package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Alu;
import dev.microvisor.emulator.core.Instruction;
import dev.microvisor.emulator.core.Op;

/**
 * One instruction of a region.
 *
 * @param packed as {@link Instruction} packs it
 * @param it EPSR.IT before the instruction
 */
record Step(int address, long packed, int it) {
    private static final int ALWAYS = 14;

    int w() {
        return (int) packed;
    }

    int imm() {
        return (int) (packed >>> 32);
    }

    int op() {
        return Instruction.op(w());
    }

    int rd() {
        return Instruction.rd(w());
    }

    int rn() {
        return Instruction.rn(w());
    }

    int rm() {
        return Instruction.rm(w());
    }

    int ra() {
        return Instruction.ra(w());
    }

    /** Address of the instruction behind it. */
    int next() {
        return address + Instruction.sizeBytes(w());
    }

    /**
     * Registers R0 to R14 that it names, one bit each; some operations have other things in these
     * fields, so this is an estimate.
     */
    int registers() {
        int named = 1 << rd() | 1 << rn() | 1 << rm();
        return switch (op()) {
            case Op.B, Op.IT, Op.NOP -> 0;
            case Op.BL -> 1 << GuestCode.LR;
            case Op.PUSH, Op.POP, Op.POP_PC -> (imm() & 0x7FFF) | 1 << GuestCode.SP;
            case Op.LDM, Op.STM, Op.LDM_PC -> (imm() & 0x7FFF) | 1 << rn();
            case Op.MLA, Op.MLS, Op.UMULL, Op.SMULL, Op.UMLAL, Op.SMLAL, Op.LDRD, Op.STRD ->
                    (named | 1 << ra()) & 0x7FFF;
            default -> op() >= Op.BEQ && op() <= Op.BLE ? 0 : named & 0x7FFF;
        };
    }

    /** True for a data-processing operation, MOV for example, whose result goes to the SP. */
    boolean setsStackPointer() {
        return op() >= Op.ALU_IMM
                && op() <= Op.ALU_SHIFTED_S
                && rd() == GuestCode.SP
                && !Alu.comparesOnly(ra());
    }

    boolean isTableBranch() {
        return op() == Op.TBB || op() == Op.TBH;
    }

    /** BLX, which returns to behind it. */
    boolean isIndirectCall() {
        return op() == Op.BLX;
    }

    /** Condition under which it is executed. */
    int condition() {
        return it == 0 ? ALWAYS : it >>> 4;
    }

    boolean isConditional() {
        return condition() < ALWAYS;
    }
}
