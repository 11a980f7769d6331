package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;

import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.PageAccess;

/**
 * Executes what works on registers and plain memory and branches there, one instruction after the
 * other: the interpreter's hot loop. Everything else is left to {@link Interpreter}.
 *
 * <p>It calls nothing that HotSpot does not inline: what would be needed behind a call in one of
 * the cases would be put into memory before each instruction. And it needs no PC: the next
 * instruction does not wait for the size of the one before.
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
        this.cpu = cpu;
        this.tracks = tracks;
        this.words = memory.words();
        this.readable = memory.readableTable();
        this.writable = memory.writableTable();
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

    /** Notes where it has come to. */
    private Result at(Sequence here, int i, int notExecuted, Result result) {
        sequence = here;
        index = i;
        left = notExecuted;
        return result;
    }

    /**
     * Executes instructions.
     *
     * @param first the sequence to begin in
     * @param from index of the instruction to begin with
     * @param limit how many may be executed
     */
    Result run(Sequence first, int from, int limit) {
        final CpuState cpu = this.cpu;
        final int[] r = cpu.r;
        final int[] words = this.words;
        final int[] readable = this.readable;
        final int[] writable = this.writable;
        final int stretch = tracks.stretch();
        Sequence sequence = first;
        int i = from;
        // The index that i has when all may be executed that are left.
        int last = from + limit;
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
                        final int d = w >>> Instruction.RD_SHIFT & 15;
                        final int n = w >>> Instruction.RN_SHIFT & 15;
                        final int m = w >>> Instruction.RM_SHIFT & 15;
                        int x;
                        int y;
                        int z;
                        long wide;
                        if ((w & Instruction.IN_IT) != 0) {
                            x = cpu.it;
                            itBefore = x;
                            cpu.it = Conditions.advance(x);
                            if (!Conditions.pass(x >>> 4, cpu)) {
                                i++;
                                continue;
                            }
                        }
                        switch (w & Instruction.OP_MASK) {
                            case Op.MOV_IMM:
                                r[d] = imm;
                                break;
                            case Op.MOV_IMM_S:
                                r[d] = cpu.result(imm);
                                break;
                            case Op.MOV_REG:
                                r[d] = r[m];
                                break;
                            case Op.MOV_REG_S:
                                r[d] = cpu.result(r[m]);
                                break;
                            case Op.MVN_IMM:
                                r[d] = ~imm;
                                break;
                            case Op.MVN_IMM_S:
                                r[d] = cpu.result(~imm);
                                break;
                            case Op.MVN_REG:
                                r[d] = ~r[m];
                                break;
                            case Op.MVN_REG_S:
                                r[d] = cpu.result(~r[m]);
                                break;
                            case Op.ADD_IMM:
                                r[d] = r[n] + imm;
                                break;
                            case Op.ADD_IMM_S:
                                r[d] = cpu.sum(r[n], imm);
                                break;
                            case Op.ADD_REG:
                                r[d] = r[n] + r[m];
                                break;
                            case Op.ADD_REG_S:
                                r[d] = cpu.sum(r[n], r[m]);
                                break;
                            case Op.SUB_IMM:
                                r[d] = r[n] - imm;
                                break;
                            case Op.SUB_IMM_S:
                                r[d] = cpu.difference(r[n], imm);
                                break;
                            case Op.SUB_REG:
                                r[d] = r[n] - r[m];
                                break;
                            case Op.SUB_REG_S:
                                r[d] = cpu.difference(r[n], r[m]);
                                break;
                            case Op.RSB_IMM:
                                r[d] = imm - r[n];
                                break;
                            case Op.RSB_IMM_S:
                                r[d] = cpu.difference(imm, r[n]);
                                break;
                            case Op.AND_IMM:
                                r[d] = r[n] & imm;
                                break;
                            case Op.AND_IMM_S:
                                r[d] = cpu.result(r[n] & imm);
                                break;
                            case Op.AND_REG:
                                r[d] = r[n] & r[m];
                                break;
                            case Op.AND_REG_S:
                                r[d] = cpu.result(r[n] & r[m]);
                                break;
                            case Op.ORR_IMM:
                                r[d] = r[n] | imm;
                                break;
                            case Op.ORR_IMM_S:
                                r[d] = cpu.result(r[n] | imm);
                                break;
                            case Op.ORR_REG:
                                r[d] = r[n] | r[m];
                                break;
                            case Op.ORR_REG_S:
                                r[d] = cpu.result(r[n] | r[m]);
                                break;
                            case Op.EOR_IMM:
                                r[d] = r[n] ^ imm;
                                break;
                            case Op.EOR_IMM_S:
                                r[d] = cpu.result(r[n] ^ imm);
                                break;
                            case Op.EOR_REG:
                                r[d] = r[n] ^ r[m];
                                break;
                            case Op.EOR_REG_S:
                                r[d] = cpu.result(r[n] ^ r[m]);
                                break;
                            case Op.BIC_IMM:
                                r[d] = r[n] & ~imm;
                                break;
                            case Op.BIC_IMM_S:
                                r[d] = cpu.result(r[n] & ~imm);
                                break;
                            case Op.BIC_REG:
                                r[d] = r[n] & ~r[m];
                                break;
                            case Op.BIC_REG_S:
                                r[d] = cpu.result(r[n] & ~r[m]);
                                break;
                            case Op.ADC_REG:
                                r[d] = r[n] + r[m] + cpu.c;
                                break;
                            case Op.ADC_REG_S:
                                x = r[n];
                                y = r[m];
                                cpu.result(x + y + cpu.c);
                                cpu.c = Alu.carryOfAdc(x, y, cpu.c);
                                cpu.v = Alu.overflowOfAdd(x, y, cpu.z);
                                r[d] = cpu.z;
                                break;
                            case Op.SBC_REG:
                                r[d] = r[n] - r[m] - 1 + cpu.c;
                                break;
                            case Op.SBC_REG_S:
                                x = r[n];
                                y = r[m];
                                cpu.result(x - y - 1 + cpu.c);
                                cpu.c = Alu.carryOfAdc(x, ~y, cpu.c);
                                cpu.v = Alu.overflowOfSub(x, y, cpu.z);
                                r[d] = cpu.z;
                                break;
                            case Op.LSL_IMM:
                                r[d] = r[m] << imm;
                                break;
                            case Op.LSL_IMM_S:
                                x = r[m];
                                cpu.c = x >>> -imm & 1;
                                r[d] = cpu.result(x << imm);
                                break;
                            case Op.LSL_REG:
                                r[d] = Shift.left(r[n], r[m] & 0xFF);
                                break;
                            case Op.LSL_REG_S:
                                x = r[n];
                                y = r[m] & 0xFF;
                                cpu.c = Shift.carryOfLeft(x, y, cpu.c);
                                r[d] = cpu.result(Shift.left(x, y));
                                break;
                            case Op.LSR_IMM:
                                r[d] = r[m] >>> imm;
                                break;
                            case Op.LSR_IMM_S:
                                x = r[m];
                                cpu.c = x >>> (imm - 1) & 1;
                                r[d] = cpu.result(x >>> imm);
                                break;
                            case Op.LSR_REG:
                                r[d] = Shift.right(r[n], r[m] & 0xFF);
                                break;
                            case Op.LSR_REG_S:
                                x = r[n];
                                y = r[m] & 0xFF;
                                cpu.c = Shift.carryOfRight(x, y, cpu.c);
                                r[d] = cpu.result(Shift.right(x, y));
                                break;
                            case Op.ASR_IMM:
                                r[d] = r[m] >> imm;
                                break;
                            case Op.ASR_IMM_S:
                                x = r[m];
                                cpu.c = x >>> (imm - 1) & 1;
                                r[d] = cpu.result(x >> imm);
                                break;
                            case Op.ASR_REG:
                                r[d] = Shift.rightSigned(r[n], r[m] & 0xFF);
                                break;
                            case Op.ASR_REG_S:
                                x = r[n];
                                y = r[m] & 0xFF;
                                cpu.c = Shift.carryOfRightSigned(x, y, cpu.c);
                                r[d] = cpu.result(Shift.rightSigned(x, y));
                                break;
                            case Op.MUL:
                                r[d] = r[n] * r[m];
                                break;
                            case Op.MUL_S:
                                r[d] = cpu.result(r[n] * r[m]);
                                break;
                            case Op.ADD_LSL:
                                r[d] = r[n] + (r[m] << imm);
                                break;
                            case Op.ORR_LSL:
                                r[d] = r[n] | r[m] << imm;
                                break;
                            case Op.CMP_IMM:
                                cpu.difference(r[n], imm);
                                break;
                            case Op.CMP_REG:
                                cpu.difference(r[n], r[m]);
                                break;
                            case Op.CMN_IMM:
                                cpu.sum(r[n], imm);
                                break;
                            case Op.TST_IMM:
                                cpu.result(r[n] & imm);
                                break;
                            case Op.TST_REG:
                                cpu.result(r[n] & r[m]);
                                break;
                            case Op.MLA:
                                r[d] = r[ra(w)] + r[n] * r[m];
                                break;
                            case Op.MLS:
                                r[d] = r[ra(w)] - r[n] * r[m];
                                break;
                            case Op.UMULL:
                                wide = (r[n] & UNSIGNED) * (r[m] & UNSIGNED);
                                r[ra(w)] = (int) wide;
                                r[d] = (int) (wide >>> 32);
                                break;
                            case Op.SMULL:
                                wide = (long) r[n] * r[m];
                                r[ra(w)] = (int) wide;
                                r[d] = (int) (wide >>> 32);
                                break;
                            case Op.UMLAL:
                                wide = (r[n] & UNSIGNED) * (r[m] & UNSIGNED) + pair(r[d], r[ra(w)]);
                                r[ra(w)] = (int) wide;
                                r[d] = (int) (wide >>> 32);
                                break;
                            case Op.SMLAL:
                                wide = (long) r[n] * r[m] + pair(r[d], r[ra(w)]);
                                r[ra(w)] = (int) wide;
                                r[d] = (int) (wide >>> 32);
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
                                r[d] = r[n] >>> imm & -1 >>> -(imm >>> 8);
                                break;
                            case Op.SBFX:
                                y = imm >>> 8;
                                r[d] = r[n] << (32 - y - imm) >> -y;
                                break;
                            case Op.BFI:
                                y = -1 >>> -(imm >>> 8) << imm;
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
                                y = ra(w) != 0 ? z : r[n];
                                x = PageAccess.wordIndex(readable, y);
                                if (x < 0 || x >= words.length || isForbidden(n, z)) {
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
                            case Op.LDRB_LIT:
                                y = imm;
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = words[x] >>> (y << 3) & 0xFF;
                                break;
                            case Op.LDRB_UPD:
                                z = r[n] + imm;
                                y = ra(w) != 0 ? z : r[n];
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0 || x >= words.length || isForbidden(n, z)) {
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
                            case Op.LDRH_LIT:
                                y = imm;
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = words[x] >>> (y << 3) & 0xFFFF;
                                break;
                            case Op.LDRH_UPD:
                                z = r[n] + imm;
                                y = ra(w) != 0 ? z : r[n];
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0 || x >= words.length || isForbidden(n, z)) {
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
                            case Op.LDRSB_LIT:
                                y = imm;
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = (byte) (words[x] >>> (y << 3));
                                break;
                            case Op.LDRSB_UPD:
                                z = r[n] + imm;
                                y = ra(w) != 0 ? z : r[n];
                                x = PageAccess.byteIndex(readable, y);
                                if (x < 0 || x >= words.length || isForbidden(n, z)) {
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
                            case Op.LDRSH_LIT:
                                y = imm;
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0 || x >= words.length) {
                                    break plain;
                                }
                                r[d] = (short) (words[x] >>> (y << 3));
                                break;
                            case Op.LDRSH_UPD:
                                z = r[n] + imm;
                                y = ra(w) != 0 ? z : r[n];
                                x = PageAccess.halfIndex(readable, y);
                                if (x < 0 || x >= words.length || isForbidden(n, z)) {
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
                                y = ra(w) != 0 ? z : r[n];
                                x = PageAccess.wordIndex(writable, y);
                                if (x < 0 || x >= words.length || isForbidden(n, z)) {
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
                                y = ra(w) != 0 ? z : r[n];
                                x = PageAccess.byteIndex(writable, y);
                                if (x < 0 || x >= words.length || isForbidden(n, z)) {
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
                                y = ra(w) != 0 ? z : r[n];
                                x = PageAccess.halfIndex(writable, y);
                                if (x < 0 || x >= words.length || isForbidden(n, z)) {
                                    break plain;
                                }
                                words[x] = PageAccess.withHalf(words[x], y, r[d]);
                                r[n] = z;
                                break;
                            case Op.UDIV:
                                y = r[m];
                                if (y == 0) {
                                    break plain;
                                }
                                r[d] = Integer.divideUnsigned(r[n], y);
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
                                if (isBelowLimit(x)) {
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
                                if (cpu.z == 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BNE:
                                if (cpu.z != 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BCS:
                                if (cpu.c != 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BCC:
                                if (cpu.c == 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BMI:
                                if (cpu.n < 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BPL:
                                if (cpu.n >= 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BVS:
                                if (cpu.v < 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BVC:
                                if (cpu.v >= 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BHI:
                                if (cpu.c != 0 && cpu.z != 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BLS:
                                if (cpu.c == 0 || cpu.z == 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BGE:
                                if ((cpu.n ^ cpu.v) >= 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BLT:
                                if ((cpu.n ^ cpu.v) < 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BGT:
                                if (cpu.z != 0 && (cpu.n ^ cpu.v) >= 0) {
                                    target = imm;
                                    break sequence;
                                }
                                break;
                            case Op.BLE:
                                if (cpu.z == 0 || (cpu.n ^ cpu.v) < 0) {
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
                                cpu.it = imm;
                                break;
                            case Op.NOP:
                                // Nothing to do.
                                break;
                            default:
                                break plain;
                        }
                        i++;
                    }
                    return at(sequence, i, last - i, Result.ENDED);
                }
                return at(sequence, i, last - i, Result.NOT_PLAIN);
            }
            i++;
            last -= i;
            int slot = (target - block.base) >>> 1;
            Sequence next = slot < block.sequences.length ? block.sequences[slot] : null;
            boolean hot = isHot(target);
            if (hot
                    || next == null
                    || last == 0
                    || cpu.it != 0
                    || i > sequence.noted
                    || sequence.notedIn != stretch) {
                this.target = target;
                return at(sequence, i, last, hot ? Result.HOT : Result.BRANCHED);
            }
            sequence = next;
            i = 0;
        }
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

    /** True for a new value of the stack pointer below its limit. */
    private boolean isForbidden(int n, int value) {
        return n == CpuState.SP && isBelowLimit(value);
    }

    private boolean isBelowLimit(int sp) {
        return Integer.compareUnsigned(sp, cpu.spLimit) < 0;
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | (low & UNSIGNED);
    }
}
