package dev.microvisor.emulator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Endless loops of random instructions with forward branches, IT blocks and calls, which stay
 * inside 2 KiB of RAM and never leave their code. The same seed gives the same code.
 */
public final class RandomCode {
    private static final int BODY_UNITS = 24;
    private static final int FUNCTION_UNITS = 4;
    private static final int MAX_TRIES = 10_000;

    /** Bases and indexes, set at the start of each round, and SP and PC. */
    private static final int RESERVED = 1 << 5 | 0xF << 6 | 1 << 10 | 1 << 13 | 1 << 15;

    private static final int BASES = 0xF << 6;
    private static final int INDEXES = 1 << 5 | 1 << 10;

    private static final Set<Integer> EXCLUDED =
            Set.of(
                    Op.B,
                    Op.BRANCH_TO_SELF,
                    Op.BL,
                    Op.BX,
                    Op.BLX,
                    Op.CBZ,
                    Op.CBNZ,
                    Op.TBB,
                    Op.TBH,
                    Op.IT,
                    Op.POP_PC,
                    Op.LDM_PC,
                    Op.MOV_PC,
                    Op.ADD_PC,
                    Op.LDR_ANY,
                    Op.MSR,
                    Op.CPS,
                    Op.SVC,
                    Op.BKPT,
                    Op.UDF,
                    Op.WFI,
                    Op.WFE,
                    Op.SEV,
                    Op.SG,
                    Op.UNPREDICTABLE,
                    Op.NOCP,
                    Op.UNDEFINED,
                    Op.FLOAT_UNDEFINED,
                    Op.VMSR);

    private final Random random;
    private final int base;
    private final int endOfLiterals;
    private final List<Row> rows = new ArrayList<>();
    private final List<Integer> halfwords = new ArrayList<>();

    /**
     * @param base address of the first instruction
     * @param endOfLiterals PC-relative loads stay between here and {@code base}
     */
    public RandomCode(long seed, int base, int endOfLiterals) {
        this.random = new Random(seed);
        this.base = base;
        this.endOfLiterals = endOfLiterals;
        rows.addAll(Thumb16Table.ROWS);
        rows.addAll(Thumb32Table.ROWS);
        if (seed % 2 == 0) {
            rows.addAll(FloatTable.ROWS);
        }
    }

    /** The code, below 256 bytes; its scratch memory is 1 KiB on either side of an address. */
    public int[] code(int scratch) {
        // movw/movt r6; add.w r7, r8, r9 from it; mov sp, r6; mov.w r5, #12; mov.w r10, #8
        add(0xF240 | (scratch >>> 12 & 15) | (scratch >>> 1 & 0x400));
        add((scratch << 4 & 0x7000) | 6 << 8 | (scratch & 0xFF));
        int high = scratch >>> 16;
        add(0xF2C0 | (high >>> 12 & 15) | (high >>> 1 & 0x400));
        add((high << 4 & 0x7000) | 6 << 8 | (high & 0xFF));
        add(0xF106, 0x0740, 0xF106, 0x0880, 0xF106, 0x09C8, 0x46B5);
        add(0xF04F, 0x050C, 0xF04F, 0x0A08);
        List<Integer> callSites = new ArrayList<>();
        List<int[]> branches = new ArrayList<>();
        List<Integer> unitStarts = new ArrayList<>();
        for (int i = 0; i < BODY_UNITS; i++) {
            unitStarts.add(halfwords.size());
            switch (random.nextInt(10)) {
                case 0 -> itBlock();
                case 1 -> {
                    branches.add(new int[] {halfwords.size(), i + 2 + random.nextInt(4)});
                    add(
                            random.nextBoolean()
                                    ? 0xD000 | random.nextInt(14) << 8
                                    : 0xB100 | random.nextInt(2) << 11 | random.nextInt(8));
                }
                case 2 -> {
                    callSites.add(halfwords.size());
                    add(0, 0);
                }
                default -> instruction(false);
            }
        }
        int end = halfwords.size();
        add(0xE000 | (-(2 * end + 4) >> 1 & 0x7FF)); // b to the beginning
        for (int[] branch : branches) {
            int target = branch[1] < unitStarts.size() ? unitStarts.get(branch[1]) : end;
            int distance = target - branch[0] - 2;
            int narrow = halfwords.get(branch[0]);
            boolean compares = narrow >>> 12 == 0xB;
            halfwords.set(
                    branch[0],
                    compares
                            ? narrow | (distance & 31) << 3 | (distance >>> 5 & 1) << 9
                            : narrow | (distance & 0xFF));
        }
        functions(callSites);
        return halfwords.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Two leaf functions, one of which keeps LR on the stack; calls go to one of them. */
    private void functions(List<Integer> callSites) {
        int first = halfwords.size();
        units(FUNCTION_UNITS, 1 << 14);
        add(0x4770); // bx lr
        int second = halfwords.size();
        add(0xB510); // push {r4, lr}
        units(FUNCTION_UNITS, 0);
        add(0xBD10); // pop {r4, pc}
        for (int site : callSites) {
            int offset = (random.nextBoolean() ? first : second) - site - 2;
            halfwords.set(site, 0xF000 | (offset >>> 11 & 0x3FF));
            halfwords.set(site + 1, 0xF800 | (offset & 0x7FF));
        }
    }

    private void units(int count, int keep) {
        for (int i = 0; i < count; i++) {
            instruction(false, keep, true);
        }
    }

    private void add(int... values) {
        for (int value : values) {
            halfwords.add(value & 0xFFFF);
        }
    }

    private void itBlock() {
        int count = 1 + random.nextInt(4);
        int condition = random.nextInt(14);
        int mask = 1 << (4 - count);
        for (int i = 1; i < count; i++) {
            mask |= ((condition & 1) ^ random.nextInt(2)) << (4 - i);
        }
        add(0xBF00 | condition << 4 | mask);
        for (int i = 0; i < count; i++) {
            instruction(true);
        }
    }

    private void instruction(boolean inIt) {
        instruction(inIt, 0, false);
    }

    private void instruction(boolean inIt, int keep, boolean keepsStack) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Row row = rows.get(random.nextInt(rows.size()));
            int width = row.bits() == 32 ? -1 : 0xFFFF;
            int bits = row.value() | (random.nextInt() & ~row.mask() & width);
            int address = base + 2 * halfwords.size();
            long packed =
                    row.bits() == 32
                            ? Decoder.wide(bits, address, inIt)
                            : Decoder.narrow(bits, address, inIt);
            Row decoded = row.bits() == 32 ? Decoder.wideRow(bits) : Decoder.narrowRow(bits);
            if (row.equals(decoded) && isHarmless(packed, keep, keepsStack)) {
                if (row.bits() == 32) {
                    add(bits >>> 16);
                }
                add(bits);
                return;
            }
        }
        throw new IllegalStateException("no instruction found");
    }

    private boolean isHarmless(long packed, int keep, boolean keepsStack) {
        int w = (int) packed;
        int imm = (int) (packed >>> 32);
        int op = Instruction.op(w);
        int kept = RESERVED | keep;
        if (EXCLUDED.contains(op) || (op >= Op.BEQ && op <= Op.BLE) || op <= Op.BREAKPOINT) {
            return false;
        }
        if (op == Op.PUSH || op == Op.POP) {
            return !keepsStack && (op == Op.PUSH || (imm & kept) == 0);
        }
        if (op == Op.ADD_SP_IMM) {
            return !keepsStack && Math.abs(imm) < 256;
        }
        boolean multiple = op == Op.LDM || op == Op.STM || (op >= Op.VLDM && op <= Op.VSTM_D);
        boolean literal =
                (op >= Op.LDR_LIT && op <= Op.LDRSH_LIT)
                        || ((op == Op.LDRD || op == Op.STRD)
                                && Instruction.rm(w) == Operands.ABSOLUTE)
                        || (isFloatAccess(op) && Instruction.rn(w) == 15);
        if (literal) {
            return imm >= endOfLiterals && imm < base && isFree(Instruction.rd(w), kept);
        }
        if (multiple) {
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
            int second =
                    op == Op.LDRD || (op >= Op.STREX && op <= Op.STREXH) ? Instruction.ra(w) : 0;
            return isIn(Instruction.rn(w), BASES)
                    && isFree(Instruction.rd(w), kept)
                    && isFree(second, kept)
                    && isFree(op >= Op.LDREX && op < Op.TT ? Instruction.rm(w) : 0, kept & ~1)
                    && Math.abs(imm) < 512;
        }
        boolean twoResults =
                (op >= Op.UMULL && op <= Op.SMLAL)
                        || (op >= Op.SMLALXY && op <= Op.UMAAL)
                        || (op >= Op.VMOV_PAIR_TO_CORE && op <= Op.VMOV_D_FROM_CORE);
        return isFree(Instruction.rd(w), kept & ~(op == Op.VMRS ? 1 << 15 : 0))
                && (!twoResults || isFree(Instruction.ra(w), kept));
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
