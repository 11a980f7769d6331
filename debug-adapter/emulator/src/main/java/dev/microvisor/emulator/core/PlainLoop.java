package dev.microvisor.emulator.core;

import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.PageAccess;

/**
 * Executes what works on registers and plain memory and branches there, one instruction after the
 * other: the interpreter's hot loop. Everything else is left to {@link Interpreter}.
 *
 * <p>It calls nothing that HotSpot does not inline: what would be needed behind a call in one of
 * the cases would be put into memory before each instruction. And it needs no PC: the next
 * instruction does not wait for the size of the one before.
 *
 * <p>Whatever two of the cases have in common HotSpot computes before the {@code switch}, for every
 * instruction: a load of a flag, {@code imm - 1}, the complement of an operand. So the flags are
 * local variables, and what is needed in several of the cases is said in another way in each, or
 * done by the decoder.
 */
final class PlainLoop {
    /** Why {@link #run} came back. */
    enum Result {
        /** As many instructions were executed as asked for, or the sequence has ended. */
        ENDED,
        /** Branched to {@link #target}. */
        BRANCHED,
        /** Branched there, and the place is worth compiling. */
        HOT,
        /** The instruction at the place is not plain; of an IT block it is to be executed. */
        NOT_PLAIN
    }

    private static final long UNSIGNED = 0xFFFF_FFFFL;
    private static final short[] NO_HEAT = {};

    private static final int PAGE = 1 << Memory.PAGE_BITS;

    /** The bits of an address within its page. */
    private static final int IN_PAGE = PAGE - 1;

    private final CpuState cpu;
    private final Tracks tracks;
    private final int[] words;
    private final int[] readable;
    private final int[] writable;

    /** Where it is and was left: the sequence, an index there, instructions not executed yet. */
    Sequence sequence;

    int index;
    int left;
    int target;

    /** EPSR.IT before the instruction, if that stands in an IT block. */
    int itBefore;

    private CodeSpace.Block block;
    private short[] heat = NO_HEAT;

    PlainLoop(CpuState cpu, Memory memory, Tracks tracks) {
        this(cpu, memory.words(), memory.readableTable(), memory.writableTable(), tracks);
    }

    /** With arrays as {@link Memory} has them. */
    PlainLoop(CpuState cpu, int[] words, int[] readable, int[] writable, Tracks tracks) {
        this.cpu = cpu;
        this.tracks = tracks;
        this.words = words;
        this.readable = readable;
        this.writable = writable;
    }

    /**
     * Sets where sequences are found.
     *
     * @param untilHot come back after a branch to a place that is branched to often
     */
    void enter(CodeSpace.Block newBlock, boolean untilHot) {
        block = newBlock;
        heat = untilHot ? newBlock.heat : NO_HEAT;
    }

    /**
     * Executes instructions.
     *
     * @param first the sequence to begin in
     * @param from index of the instruction to begin with
     * @param limit how many may be executed
     */
    Result run(Sequence first, int from, int limit) {
        final int[] r = cpu.r;
        // HotSpot knows that what is masked with it is in the array.
        final int registers = r.length - 1;
        final int[] words = this.words;
        final int[] readable = this.readable;
        final int[] writable = this.writable;
        final int stretch = tracks.stretch();
        // Compared as numbers without signs.
        final int lowestSp = cpu.spLimit + Integer.MIN_VALUE;
        final int[] passing = Conditions.PASSING;
        int it = cpu.it;
        // N, C and V are the signs of these; Z is set when its variable is zero.
        int flagN = cpu.n;
        int flagZ = cpu.z;
        int flagC = cpu.c << 31;
        int flagV = cpu.v;
        Sequence sequence = first;
        int i = from;
        // The index that i has when all may be executed that are left.
        int last = from + limit;
        Result result;
        run:
        while (true) {
            final long[] code = sequence.code;
            final int end = Math.min(code.length, last);
            int target;
            sequence:
            {
                plain:
                {
                    while (i < end) {
                        final long packed = code[i];
                        final int w = (int) packed;
                        final int imm = (int) (packed >>> 32);
                        final int d = w >>> Instruction.RD_SHIFT & registers;
                        final int n = w >>> Instruction.RN_SHIFT & registers;
                        final int m = w >>> Instruction.RM_SHIFT & registers;
                        int x;
                        int y;
                        int z;
                        long wide;
                        if ((w & Instruction.IN_IT) != 0) {
                            x = it;
                            itBefore = x;
                            it = (x & 7) == 0 ? 0 : (x & 0xE0) | (x << 1 & 0x1F);
                            y =
                                    flagN >>> 31 << 3
                                            | (flagZ == 0 ? 4 : 0)
                                            | (flagC >>> 30 & 2)
                                            | flagV >>> 31;
                            if ((passing[x >>> 4 & (passing.length - 1)] >>> y & 1) == 0) {
                                i++;
                                continue;
                            }
                        }
                        switch (w & Instruction.OP_MASK) {
                            case Op.MOV_IMM:
                                r[d] = imm;
                                break;
                            case Op.MOV_IMM_S:
                                flagN = flagZ = r[d] = imm;
                                break;
                            case Op.MOV_REG:
                                r[d] = r[m];
                                break;
                            case Op.MOV_REG_S:
                                flagN = flagZ = r[d] = r[m];
                                break;
                            case Op.MVN_REG:
                                r[d] = ~r[m];
                                break;
                            case Op.MVN_REG_S:
                                flagN = flagZ = r[d] = ~r[m];
                                break;
                            case Op.ADD_IMM:
                                r[d] = r[n] + imm;
                                break;
                            case Op.ADD_IMM_S:
                                x = r[n];
                                y = imm;
                                z = x + y;
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfAdd(x, y, z);
                                flagV = Alu.overflowOfAdd(x, y, z);
                                r[d] = z;
                                break;
                            case Op.ADD_REG:
                                r[d] = r[n] + r[m];
                                break;
                            case Op.ADD_REG_S:
                                x = r[n];
                                y = r[m];
                                z = x + y;
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfAdd(x, y, z);
                                flagV = Alu.overflowOfAdd(x, y, z);
                                r[d] = z;
                                break;
                            case Op.SUB_IMM:
                                r[d] = r[n] - imm;
                                break;
                            case Op.SUB_IMM_S:
                                x = r[n];
                                y = imm;
                                z = x - y;
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfSub(x, y, z);
                                flagV = Alu.overflowOfSub(x, y, z);
                                r[d] = z;
                                break;
                            case Op.SUB_REG:
                                r[d] = r[n] - r[m];
                                break;
                            case Op.SUB_REG_S:
                                x = r[n];
                                y = r[m];
                                z = x - y;
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfSub(x, y, z);
                                flagV = Alu.overflowOfSub(x, y, z);
                                r[d] = z;
                                break;
                            case Op.RSB_IMM:
                                r[d] = imm - r[n];
                                break;
                            case Op.RSB_IMM_S:
                                x = imm;
                                y = r[n];
                                z = x - y;
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfSub(x, y, z);
                                flagV = Alu.overflowOfSub(x, y, z);
                                r[d] = z;
                                break;
                            case Op.AND_IMM:
                                r[d] = r[n] & imm;
                                break;
                            case Op.AND_IMM_S:
                                flagN = flagZ = r[d] = r[n] & imm;
                                break;
                            case Op.AND_REG:
                                r[d] = r[n] & r[m];
                                break;
                            case Op.AND_REG_S:
                                flagN = flagZ = r[d] = r[n] & r[m];
                                break;
                            case Op.ORR_IMM:
                                r[d] = r[n] | imm;
                                break;
                            case Op.ORR_IMM_S:
                                flagN = flagZ = r[d] = r[n] | imm;
                                break;
                            case Op.ORR_REG:
                                r[d] = r[n] | r[m];
                                break;
                            case Op.ORR_REG_S:
                                flagN = flagZ = r[d] = r[n] | r[m];
                                break;
                            case Op.EOR_IMM:
                                r[d] = r[n] ^ imm;
                                break;
                            case Op.EOR_IMM_S:
                                flagN = flagZ = r[d] = r[n] ^ imm;
                                break;
                            case Op.EOR_REG:
                                r[d] = r[n] ^ r[m];
                                break;
                            case Op.EOR_REG_S:
                                flagN = flagZ = r[d] = r[n] ^ r[m];
                                break;
                            case Op.BIC_REG:
                                r[d] = r[n] & ~r[m];
                                break;
                            case Op.BIC_REG_S:
                                flagN = flagZ = r[d] = r[n] & ~r[m];
                                break;
                            case Op.ADC_REG:
                                r[d] = r[n] + r[m] + (flagC >>> 31);
                                break;
                            case Op.ADC_REG_S:
                                x = r[n];
                                y = r[m];
                                z = x + y - (flagC >> 31);
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfAdd(x, y, z);
                                flagV = Alu.overflowOfAdd(x, y, z);
                                r[d] = z;
                                break;
                            case Op.SBC_REG:
                                r[d] = r[n] + ~r[m] + (Integer.rotateLeft(flagC, 1) & 1);
                                break;
                            case Op.SBC_REG_S:
                                x = r[n];
                                y = r[m];
                                z = x + ~y + (int) ((long) flagC >>> 63);
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfSub(x, y, z);
                                flagV = Alu.overflowOfSub(x, y, z);
                                r[d] = z;
                                break;
                            case Op.LSL_IMM:
                                r[d] = r[m] << imm;
                                break;
                            case Op.LSL_IMM_S:
                                x = r[m];
                                flagC = x << (imm - 1);
                                flagN = flagZ = r[d] = x << imm;
                                break;
                            case Op.LSL_REG:
                                x = r[n];
                                y = r[m] & 0xFF;
                                r[d] = y < 32 ? x << y : 0;
                                break;
                            case Op.LSL_REG_S:
                                x = r[n];
                                y = r[m] & 0xFF;
                                if (y != 0) {
                                    flagC = y <= 32 ? x << (y - 1) : 0;
                                }
                                flagN = flagZ = r[d] = y < 32 ? x << y : 0;
                                break;
                            case Op.LSR_IMM:
                                r[d] = r[m] >>> imm;
                                break;
                            case Op.LSR_IMM_S:
                                x = r[m];
                                flagC = x << -imm;
                                flagN = flagZ = r[d] = x >>> imm;
                                break;
                            case Op.LSR_REG:
                                x = r[n];
                                y = r[m] & 0xFF;
                                r[d] = y < 32 ? x >>> y : 0;
                                break;
                            case Op.LSR_REG_S:
                                x = r[n];
                                y = r[m] & 0xFF;
                                if (y != 0) {
                                    flagC = y <= 32 ? x >>> (y - 1) << 31 : 0;
                                }
                                flagN = flagZ = r[d] = y < 32 ? x >>> y : 0;
                                break;
                            case Op.ASR_IMM:
                                r[d] = r[m] >> imm;
                                break;
                            case Op.ASR_IMM_S:
                                x = r[m];
                                flagC = x << (32 - imm);
                                flagN = flagZ = r[d] = x >> imm;
                                break;
                            case Op.ASR_REG:
                                x = r[n];
                                y = r[m] & 0xFF;
                                r[d] = x >> (y < 31 ? y : 31);
                                break;
                            case Op.ASR_REG_S:
                                x = r[n];
                                y = r[m] & 0xFF;
                                if (y != 0) {
                                    flagC = x >> (y < 32 ? y - 1 : 31) << 31;
                                }
                                flagN = flagZ = r[d] = x >> (y < 31 ? y : 31);
                                break;
                            case Op.MUL:
                                r[d] = r[n] * r[m];
                                break;
                            case Op.MUL_S:
                                flagN = flagZ = r[d] = r[n] * r[m];
                                break;
                            case Op.ADD_LSL:
                                r[d] = r[n] + (r[m] << imm);
                                break;
                            case Op.ORR_LSL:
                                r[d] = r[n] | r[m] << imm;
                                break;
                            case Op.CMP_IMM:
                                x = r[n];
                                z = x - imm;
                                flagN = flagZ = z;
                                flagC = (int) (((packed >>> 32) - (x & UNSIGNED) - 1) >> 32);
                                flagV = Alu.overflowOfSub(x, imm, z);
                                break;
                            case Op.CMP_REG:
                                x = r[n];
                                y = r[m];
                                z = x - y;
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfSub(x, y, z);
                                flagV = Alu.overflowOfSub(x, y, z);
                                break;
                            case Op.CMN_IMM:
                                x = r[n];
                                y = imm;
                                z = x + y;
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfAdd(x, y, z);
                                flagV = Alu.overflowOfAdd(x, y, z);
                                break;
                            case Op.TST_IMM:
                                flagN = flagZ = r[n] & imm;
                                break;
                            case Op.TST_REG:
                                flagN = flagZ = r[n] & r[m];
                                break;
                            case Op.MLA:
                                r[d] = r[w >>> Instruction.RA_SHIFT & registers] + r[n] * r[m];
                                break;
                            case Op.MLS:
                                r[d] = r[w >>> Instruction.RA_SHIFT & registers] - r[n] * r[m];
                                break;
                            case Op.UMULL:
                                wide = (r[n] & UNSIGNED) * (r[m] & UNSIGNED);
                                r[w >>> Instruction.RA_SHIFT & registers] = (int) wide;
                                r[d] = (int) (wide >>> 32);
                                break;
                            case Op.SMULL:
                                wide = (long) r[n] * r[m];
                                r[w >>> Instruction.RA_SHIFT & registers] = (int) wide;
                                r[d] = (int) (wide >>> 32);
                                break;
                            case Op.UMLAL:
                                wide =
                                        (r[n] & UNSIGNED) * (r[m] & UNSIGNED)
                                                + ((long) r[d] << 32)
                                                + (r[w >>> Instruction.RA_SHIFT & registers]
                                                        & UNSIGNED);
                                r[w >>> Instruction.RA_SHIFT & registers] = (int) wide;
                                r[d] = (int) (wide >>> 32);
                                break;
                            case Op.SMLAL:
                                wide =
                                        (long) r[n] * r[m]
                                                + ((long) r[d] << 32)
                                                + (r[w >>> Instruction.RA_SHIFT & registers]
                                                        & UNSIGNED);
                                r[w >>> Instruction.RA_SHIFT & registers] = (int) wide;
                                r[d] = (int) (wide >>> 32);
                                break;
                            case Op.SMLAXY:
                                x = (imm & 2) != 0 ? r[n] >> 16 : (short) r[n];
                                y = (imm & 1) != 0 ? r[m] >> 16 : (short) r[m];
                                z = w >>> Instruction.RA_SHIFT & registers;
                                z = z == registers ? 0 : r[z];
                                x *= y;
                                if (Alu.overflowOfAdd(x, z, x + z) < 0) {
                                    // It sets Q.
                                    break plain;
                                }
                                r[d] = x + z;
                                break;
                            case Op.ALU_REG:
                                // MOV SP, Rm, which functions built with -O0 end with.
                                x = r[m] & ~3;
                                if (d != CpuState.SP
                                        || (w >>> Instruction.RA_SHIFT & registers) != Alu.MOV
                                        || x + Integer.MIN_VALUE < lowestSp) {
                                    break plain;
                                }
                                r[CpuState.SP] = x;
                                break;
                            case Op.ALU_SHIFTED:
                                y = r[m];
                                switch (imm & Shift.NO_AMOUNT) {
                                    case Shift.LSL << 8:
                                        y <<= imm;
                                        break;
                                    case Shift.LSR << 8:
                                        y >>>= imm;
                                        break;
                                    case Shift.ASR << 8:
                                        y >>= imm;
                                        break;
                                    default:
                                        break plain;
                                }
                                if (d == CpuState.SP) {
                                    break plain;
                                }
                                switch (w >>> Instruction.RA_SHIFT & registers) {
                                    case Alu.ADD:
                                        r[d] = r[n] + y;
                                        break;
                                    case Alu.SUB:
                                        r[d] = r[n] - y;
                                        break;
                                    case Alu.RSB:
                                        r[d] = y - r[n];
                                        break;
                                    case Alu.AND:
                                        r[d] = r[n] & y;
                                        break;
                                    case Alu.BIC:
                                        r[d] = r[n] & ~y;
                                        break;
                                    case Alu.ORR:
                                        r[d] = r[n] | y;
                                        break;
                                    case Alu.EOR:
                                        r[d] = r[n] ^ y;
                                        break;
                                    default:
                                        break plain;
                                }
                                break;
                            case Op.ALU_SHIFTED_S:
                                y = r[m];
                                switch (imm & Shift.NO_AMOUNT) {
                                    case Shift.LSL << 8:
                                        y <<= imm;
                                        break;
                                    case Shift.LSR << 8:
                                        y >>>= imm;
                                        break;
                                    case Shift.ASR << 8:
                                        y >>= imm;
                                        break;
                                    default:
                                        break plain;
                                }
                                z = w >>> Instruction.RA_SHIFT & registers;
                                if (d == CpuState.SP || (z != Alu.SUB && z != Alu.CMP)) {
                                    break plain;
                                }
                                x = r[n];
                                if (z == Alu.SUB) {
                                    r[d] = x - y;
                                }
                                z = x - y;
                                flagN = flagZ = z;
                                flagC = Alu.signOfCarryOfSub(x, y, z);
                                flagV = Alu.overflowOfSub(x, y, z);
                                break;
                            case Op.UXTB:
                                r[d] = r[m] & 0xFF;
                                break;
                            case Op.UXTH:
                                r[d] = r[m] & 0xFFFF;
                                break;
                            case Op.SXTB:
                                r[d] = (byte) r[m];
                                break;
                            case Op.SXTH:
                                r[d] = (short) r[m];
                                break;
                            case Op.UBFX:
                                r[d] = r[n] >>> imm & (int) ((1L << (imm >>> 8)) - 1);
                                break;
                            case Op.SBFX:
                                y = imm >> 8;
                                r[d] = r[n] << (32 - y - imm) >> -y;
                                break;
                            case Op.BFI:
                                y = -1 >>> -(imm << 17 >> 25) << imm;
                                r[d] = (r[d] & ~y) | (r[n] << imm & y);
                                break;
                            case Op.CLZ:
                                r[d] = Integer.numberOfLeadingZeros(r[m]);
                                break;
                            case Op.MOVT:
                                r[d] = (r[d] & 0xFFFF) | imm << 16;
                                break;
                            case Op.LDR_IMM:
                                y = r[n] + imm;
                                x = PageAccess.wordIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = words[x];
                                break;
                            case Op.LDR_REG:
                                y = r[n] + (r[m] << imm);
                                x = PageAccess.wordIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = words[x];
                                break;
                            case Op.LDR_LIT:
                                y = imm;
                                x = PageAccess.wordIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = words[x];
                                break;
                            case Op.LDR_UPD:
                                z = r[n] + imm;
                                y = (w & 1 << Instruction.RA_SHIFT) != 0 ? z : r[n];
                                x = PageAccess.wordIndex(readable, y);
                                if (x < 0
                                        || x >= words.length
                                        || (n == CpuState.SP && z + Integer.MIN_VALUE < lowestSp)) {
                                    break plain;
                                }
                                r[n] = z;
                                r[d] = words[x];
                                break;
                            case Op.LDRB_IMM:
                                y = r[n] + imm;
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = words[x] >>> (y << 3) & 0xFF;
                                break;
                            case Op.LDRB_REG:
                                y = r[n] + (r[m] << imm);
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = words[x] >>> (y << 3) & 0xFF;
                                break;
                            case Op.LDRB_UPD:
                                z = r[n] + imm;
                                y = (w & 1 << Instruction.RA_SHIFT) != 0 ? z : r[n];
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0
                                        || x >= words.length
                                        || (n == CpuState.SP && z + Integer.MIN_VALUE < lowestSp)) {
                                    break plain;
                                }
                                r[n] = z;
                                r[d] = words[x] >>> (y << 3) & 0xFF;
                                break;
                            case Op.LDRH_IMM:
                                y = r[n] + imm;
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = words[x] >>> (y << 3) & 0xFFFF;
                                break;
                            case Op.LDRH_REG:
                                y = r[n] + (r[m] << imm);
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = words[x] >>> (y << 3) & 0xFFFF;
                                break;
                            case Op.LDRH_UPD:
                                z = r[n] + imm;
                                y = (w & 1 << Instruction.RA_SHIFT) != 0 ? z : r[n];
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0
                                        || x >= words.length
                                        || (n == CpuState.SP && z + Integer.MIN_VALUE < lowestSp)) {
                                    break plain;
                                }
                                r[n] = z;
                                r[d] = words[x] >>> (y << 3) & 0xFFFF;
                                break;
                            case Op.LDRSB_IMM:
                                y = r[n] + imm;
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = (byte) (words[x] >>> (y << 3));
                                break;
                            case Op.LDRSB_REG:
                                y = r[n] + (r[m] << imm);
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = (byte) (words[x] >>> (y << 3));
                                break;
                            case Op.LDRSB_UPD:
                                z = r[n] + imm;
                                y = (w & 1 << Instruction.RA_SHIFT) != 0 ? z : r[n];
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0
                                        || x >= words.length
                                        || (n == CpuState.SP && z + Integer.MIN_VALUE < lowestSp)) {
                                    break plain;
                                }
                                r[n] = z;
                                r[d] = (byte) (words[x] >>> (y << 3));
                                break;
                            case Op.LDRSH_IMM:
                                y = r[n] + imm;
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = (short) (words[x] >>> (y << 3));
                                break;
                            case Op.LDRSH_REG:
                                y = r[n] + (r[m] << imm);
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = (short) (words[x] >>> (y << 3));
                                break;
                            case Op.LDRSH_UPD:
                                z = r[n] + imm;
                                y = (w & 1 << Instruction.RA_SHIFT) != 0 ? z : r[n];
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0
                                        || x >= words.length
                                        || (n == CpuState.SP && z + Integer.MIN_VALUE < lowestSp)) {
                                    break plain;
                                }
                                r[n] = z;
                                r[d] = (short) (words[x] >>> (y << 3));
                                break;
                            case Op.STR_IMM:
                                y = r[n] + imm;
                                x = PageAccess.wordIndex(writable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                words[x] = r[d];
                                break;
                            case Op.STR_REG:
                                y = r[n] + (r[m] << imm);
                                x = PageAccess.wordIndex(writable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                words[x] = r[d];
                                break;
                            case Op.STR_UPD:
                                z = r[n] + imm;
                                y = (w & 1 << Instruction.RA_SHIFT) != 0 ? z : r[n];
                                x = PageAccess.wordIndex(writable, y);
                                if (x < 0
                                        || x >= words.length
                                        || (n == CpuState.SP && z + Integer.MIN_VALUE < lowestSp)) {
                                    break plain;
                                }
                                words[x] = r[d];
                                r[n] = z;
                                break;
                            case Op.STRB_IMM:
                                y = r[n] + imm;
                                x = PageAccess.byteIndex(writable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                words[x] = PageAccess.withByte(words[x], y, r[d]);
                                break;
                            case Op.STRB_REG:
                                y = r[n] + (r[m] << imm);
                                x = PageAccess.byteIndex(writable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                words[x] = PageAccess.withByte(words[x], y, r[d]);
                                break;
                            case Op.STRB_UPD:
                                z = r[n] + imm;
                                y = (w & 1 << Instruction.RA_SHIFT) != 0 ? z : r[n];
                                x = PageAccess.byteIndex(writable, y);
                                if (x < 0
                                        || x >= words.length
                                        || (n == CpuState.SP && z + Integer.MIN_VALUE < lowestSp)) {
                                    break plain;
                                }
                                words[x] = PageAccess.withByte(words[x], y, r[d]);
                                r[n] = z;
                                break;
                            case Op.STRH_IMM:
                                y = r[n] + imm;
                                x = PageAccess.halfIndex(writable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                words[x] = PageAccess.withHalf(words[x], y, r[d]);
                                break;
                            case Op.STRH_REG:
                                y = r[n] + (r[m] << imm);
                                x = PageAccess.halfIndex(writable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                words[x] = PageAccess.withHalf(words[x], y, r[d]);
                                break;
                            case Op.STRH_UPD:
                                z = r[n] + imm;
                                y = (w & 1 << Instruction.RA_SHIFT) != 0 ? z : r[n];
                                x = PageAccess.halfIndex(writable, y);
                                if (x < 0
                                        || x >= words.length
                                        || (n == CpuState.SP && z + Integer.MIN_VALUE < lowestSp)) {
                                    break plain;
                                }
                                words[x] = PageAccess.withHalf(words[x], y, r[d]);
                                r[n] = z;
                                break;
                            case Op.LDRD:
                                y = r[n] + imm;
                                x = PageAccess.wordIndex(readable, y);
                                if (m != Operands.BY_IMMEDIATE
                                        || x < 0
                                        || x >= words.length - 1
                                        || (y + 4 & IN_PAGE) == 0) {
                                    break plain;
                                }
                                r[d] = words[x];
                                r[w >>> Instruction.RA_SHIFT & registers] = words[x + 1];
                                break;
                            case Op.STRD:
                                y = r[n] + imm;
                                x = PageAccess.wordIndex(writable, y);
                                if (m != Operands.BY_IMMEDIATE
                                        || x < 0
                                        || x >= words.length - 1
                                        || (y + 4 & IN_PAGE) == 0) {
                                    break plain;
                                }
                                words[x] = r[d];
                                words[x + 1] = r[w >>> Instruction.RA_SHIFT & registers];
                                break;
                            case Op.TBB:
                                y = (n == 15 ? imm : r[n]) + r[m];
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                target = imm + 2 * (words[x] >>> (y << 3) & 0xFF);
                                break sequence;
                            case Op.TBH:
                                y = (n == 15 ? imm : r[n]) + 2 * r[m];
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                target = imm + 2 * (words[x] >>> (y << 3) & 0xFFFF);
                                break sequence;
                            case Op.UDIV:
                                y = r[m];
                                if (y == 0) {
                                    break plain;
                                }
                                r[d] = (int) ((r[n] & UNSIGNED) / (y & UNSIGNED));
                                break;
                            case Op.SDIV:
                                y = r[m];
                                if (y == 0) {
                                    break plain;
                                }
                                r[d] = r[n] / y;
                                break;
                            case Op.ADD_SP_IMM:
                                x = r[CpuState.SP] + imm & ~3;
                                if (x + Integer.MIN_VALUE < lowestSp) {
                                    break plain;
                                }
                                r[CpuState.SP] = x;
                                break;
                            case Op.B:
                                target = imm;
                                break sequence;
                            case Op.BL:
                                r[14] = sequence.next | 1;
                                target = imm;
                                break sequence;
                            case Op.BX:
                                target = m == 15 ? imm : r[m];
                                if ((target & 1) == 0 || target >>> 24 == 0xFF) {
                                    break plain;
                                }
                                target &= ~1;
                                break sequence;
                            case Op.BLX:
                                target = r[m];
                                if ((target & 1) == 0 || target >>> 24 == 0xFF) {
                                    break plain;
                                }
                                r[14] = sequence.next | 1;
                                target &= ~1;
                                break sequence;
                            case Op.BEQ:
                                if (flagZ == 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BNE:
                                if (flagZ != 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BCS:
                                if (flagC < 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BCC:
                                if (flagC >= 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BMI:
                                if (flagN < 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BPL:
                                if (flagN >= 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BVS:
                                if (flagV < 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BVC:
                                if (flagV >= 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BHI:
                                if (flagC < 0 && flagZ != 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BLS:
                                if (flagC >= 0 || flagZ == 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BGE:
                                if ((flagN ^ flagV) >= 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BLT:
                                if ((flagN >> 1 ^ flagV) < 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BGT:
                                if (flagZ != 0 && (flagN >> 2 ^ flagV) >= 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BLE:
                                if (flagZ == 0 || (flagN >> 3 ^ flagV) < 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.CBZ:
                                if (r[n] == 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.CBNZ:
                                if (r[n] != 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.IT:
                                it = imm;
                                break;
                            case Op.NOP:
                                // Nothing to do.
                                break;
                            default:
                                break plain;
                        }
                        i++;
                    }
                    result = Result.ENDED;
                    break run;
                }
                result = Result.NOT_PLAIN;
                break run;
            }
            i++;
            last -= i;
            int slot = (target - block.base) >>> 1;
            Sequence next = slot < block.sequences.length ? block.sequences[slot] : null;
            boolean hot = isHot(target);
            if (hot
                    || next == null
                    || last == 0
                    || it != 0
                    || i > sequence.noted
                    || sequence.notedIn != stretch) {
                this.target = target;
                last += i;
                result = hot ? Result.HOT : Result.BRANCHED;
                break;
            }
            sequence = next;
            i = 0;
        }
        cpu.it = it;
        cpu.n = flagN;
        cpu.z = flagZ;
        cpu.c = flagC >>> 31;
        cpu.v = flagV;
        this.sequence = sequence;
        index = i;
        left = last - i;
        return result;
    }

    /** Counts one more branch to a place; true when it is worth compiling. */
    boolean isHot(int address) {
        int slot = (address - block.base) >>> 1;
        if (slot >= heat.length || heat[slot]++ < Interpreter.HOT) {
            return false;
        }
        heat[slot] = (short) Interpreter.HOT;
        return true;
    }
}
