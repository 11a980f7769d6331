package dev.microvisor.emulator.core;

import java.util.Random;
import java.util.Set;

/**
 * Random instructions that go on to the next one, keep some registers, and access only literals and
 * what is near a base register.
 */
final class HarmlessInstructions {
    /** Bases of loads and stores. */
    static final int BASES = 0xF << 6;

    /** Index registers, which hold small numbers. */
    static final int INDEXES = 1 << 5 | 1 << 10;

    /** Registers that no instruction changes: bases, indexes, SP and PC. */
    static final int RESERVED = BASES | INDEXES | 1 << 13 | 1 << 15;

    private static final int MAX_OFFSET = 512;

    /** Such are tested by themselves; VMSR also has bits that QEMU and this core do not share. */
    private static final Set<Integer> EXCLUDED =
            InstructionPool.union(
                    InstructionPool.NOT_STRAIGHT, Set.of(Op.UDF, Op.FLOAT_UNDEFINED, Op.VMSR));

    private final Random random;
    private final InstructionPool pool;
    private final Set<Integer> excluded;
    private final int literals;
    private final int endOfLiterals;

    /**
     * @param excluded operations to leave out besides
     * @param literals PC-relative loads stay between here and {@code endOfLiterals}
     */
    HarmlessInstructions(
            Random random,
            InstructionPool pool,
            Set<Integer> excluded,
            int literals,
            int endOfLiterals) {
        this.random = random;
        this.pool = pool;
        this.excluded = InstructionPool.union(EXCLUDED, excluded);
        this.literals = literals;
        this.endOfLiterals = endOfLiterals;
    }

    /**
     * The halfwords of an instruction.
     *
     * @param keep further registers that stay as they are
     * @param keepsStack SP stays as it is, too
     */
    int[] next(int address, boolean inIt, int keep, boolean keepsStack) {
        return pool.pick(
                random,
                address,
                inIt,
                (row, decoded) -> isHarmless(decoded, RESERVED | keep, keepsStack));
    }

    private boolean isHarmless(long decoded, int kept, boolean keepsStack) {
        int w = (int) decoded;
        int imm = (int) (decoded >>> 32);
        int op = Instruction.op(w);
        if (excluded.contains(op) || (op >= Op.BEQ && op <= Op.BLE) || op <= Op.BREAKPOINT) {
            return false;
        }
        if (op == Op.PUSH || op == Op.POP) {
            return !keepsStack && (op == Op.PUSH || (imm & kept) == 0);
        }
        if (op == Op.ADD_SP_IMM) {
            return !keepsStack && Math.abs(imm) < 256;
        }
        if (isLiteral(w)) {
            return imm >= literals && imm < endOfLiterals && isFree(Instruction.rd(w), kept);
        }
        if (op == Op.LDM || op == Op.STM || (op >= Op.VLDM && op <= Op.VSTM_D)) {
            return isIn(Instruction.rn(w), BASES)
                    && (op != Op.LDM || (imm & kept) == 0)
                    && (op <= Op.STM || (imm >>> 16) < 20);
        }
        if (op >= Op.LDR_REG && op <= Op.STRH_REG) {
            return isIn(Instruction.rn(w), BASES)
                    && isIn(Instruction.rm(w), INDEXES)
                    && isFree(Instruction.rd(w), kept);
        }
        if ((op >= Op.LDR_IMM && op <= Op.STRD)
                || (op >= Op.LDREX && op < Op.TT)
                || isFloatAccess(op)) {
            return isHarmlessAccess(op, w, imm, kept, keepsStack);
        }
        boolean twoResults =
                (op >= Op.UMULL && op <= Op.SMLAL)
                        || (op >= Op.SMLALXY && op <= Op.UMAAL)
                        || (op >= Op.VMOV_PAIR_TO_CORE && op <= Op.VMOV_D_FROM_CORE);
        return isFree(Instruction.rd(w), kept & ~(op == Op.VMRS ? 1 << 15 : 0))
                && (!twoResults || isFree(Instruction.ra(w), kept));
    }

    private boolean isHarmlessAccess(int op, int w, int imm, int kept, boolean keepsStack) {
        boolean exclusive = op >= Op.LDREX && op < Op.TT;
        boolean updates = op >= Op.LDR_UPD && op <= Op.STRH_UPD;
        boolean mayUseStack =
                !keepsStack && ((op >= Op.LDR_IMM && op <= Op.STRH_IMM) || isFloatAccess(op));
        int second = op == Op.LDRD || (op >= Op.STREX && op <= Op.STREXH) ? Instruction.ra(w) : 0;
        return isIn(Instruction.rn(w), mayUseStack ? BASES | 1 << 13 : BASES)
                && isFree(Instruction.rd(w), kept)
                && isFree(second, kept)
                && isFree(exclusive ? Instruction.rm(w) : 0, kept & ~1)
                && Math.abs(imm) < MAX_OFFSET
                // A base that is no multiple of 4 soon ends in a fault of LDM or LDRD.
                && (!updates || (imm & 3) == 0 || random.nextInt(8) == 0);
    }

    private static boolean isLiteral(int w) {
        int op = Instruction.op(w);
        return (op >= Op.LDR_LIT && op <= Op.LDRSH_LIT)
                || ((op == Op.LDRD || op == Op.STRD) && Instruction.rm(w) == Operands.ABSOLUTE)
                || (isFloatAccess(op) && Instruction.rn(w) == 15);
    }

    private static boolean isFloatAccess(int op) {
        return op == Op.VLDR || op == Op.VSTR || op == Op.VLDR_D || op == Op.VSTR_D;
    }

    private static boolean isIn(int register, int set) {
        return (set >>> register & 1) != 0;
    }

    private static boolean isFree(int register, int kept) {
        return !isIn(register, kept);
    }
}
