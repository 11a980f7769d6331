package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Op;
import dev.microvisor.emulator.core.SpecialRegisters;

/** Where an operation leads. */
enum Flow {
    /** To the next instruction. */
    ON,
    /** To an address in the instruction. */
    JUMP,
    /** To an address in the instruction, or on. */
    BRANCH,
    /** To an address in the instruction, with a return address in LR. */
    CALL,
    /** To an address in a register or in memory. */
    DYNAMIC,
    /** Not compiled: the interpreter executes it. */
    OUTSIDE;

    /** CPS that does not change FAULTMASK. */
    private static final int ONLY_PRIMASK = 2;

    private static final int PC = 15;

    static Flow of(Step step) {
        Flow flow = ofOperation(step);
        boolean insideIt = step.it() != 0 && RegionPlanner.itAfter(step) != 0;
        // A branch that is not the last of its IT block is UNPREDICTABLE.
        return flow != ON && insideIt ? OUTSIDE : flow;
    }

    private static Flow ofOperation(Step step) {
        int op = step.op();
        switch (op) {
            case Op.BRANCH_TO_SELF:
                return OUTSIDE;
            case Op.B:
                return JUMP;
            case Op.BL:
                return CALL;
            case Op.BX, Op.BLX, Op.POP_PC, Op.LDM_PC, Op.TBB, Op.TBH:
                return DYNAMIC;
            case Op.MOV_PC, Op.ADD_PC:
                return step.rm() == PC ? OUTSIDE : DYNAMIC;
            case Op.LDR_ANY:
                return step.rd() == PC ? DYNAMIC : OUTSIDE;
            case Op.MRS:
                return SpecialRegisters.isCompiled(step.imm() & 0xFF, false) ? ON : OUTSIDE;
            case Op.MSR:
                return SpecialRegisters.isCompiled(step.imm() & 0xFF, true) ? ON : OUTSIDE;
            case Op.CPS:
                return step.imm() == ONLY_PRIMASK ? ON : OUTSIDE;
            case Op.CBZ, Op.CBNZ:
                return BRANCH;
            case Op.BARRIER, Op.SG, Op.IT, Op.NOP:
                return ON;
            default:
                break;
        }
        if (op >= Op.BEQ && op <= Op.BLE) {
            return BRANCH;
        }
        return isCompiled(op, step) ? ON : OUTSIDE;
    }

    private static boolean isCompiled(int op, Step step) {
        if (op >= Op.MOV_IMM && op < Op.FIRST_RARE) {
            return op <= Op.STM || op >= Op.IT;
        }
        if (op >= Op.ALU_IMM && op <= Op.ALU_SHIFTED_S) {
            boolean setsFlags = (op & 1) == 1 || op == Op.ALU_IMM_SC;
            return !step.setsStackPointer() || !setsFlags;
        }
        if (op == Op.ALU_SHIFTED_BY_REG || op == Op.ALU_SHIFTED_BY_REG_S) {
            return false;
        }
        if (op >= Op.ROR_REG && op <= Op.STLH) {
            return true;
        }
        return op >= Op.VLDR_D && op < Op.COUNT;
    }
}
