package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;
import static dev.microvisor.emulator.core.Instruction.rd;
import static dev.microvisor.emulator.core.Instruction.rm;
import static dev.microvisor.emulator.core.Instruction.rn;

import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;
import java.util.Set;

/**
 * Executes decoded instructions one by one: the reference for what they mean.
 *
 * <p>Stops only between instructions, so PC and count always say exactly what has been executed. A
 * faulting instruction leaves registers as they were. The loop allocates nothing and has to stay
 * below 8,000 bytes of bytecode, or HotSpot would not compile it.
 */
public final class Interpreter {
    /** A place that was branched to as often is worth compiling. */
    static final int HOT = 60;

    private static final long UNSIGNED = 0xFFFF_FFFFL;
    private static final short[] NO_HEAT = {};

    private final CpuState cpu;
    private final Memory memory;
    private final CodeSpace codeSpace;
    private final BlockTransfers blocks;
    private final RareOperations rare;

    /** Number of instructions executed. */
    private long now;

    /** The loop ends when {@link #now} reaches this; anything called from it may lower it. */
    private long stopAt;

    private GuestFault fault;

    /** EPSR.IT before the instruction being executed, which is what a fault of it stacks. */
    private int itBefore;

    public Interpreter(CpuState cpu, Memory memory) {
        this.cpu = cpu;
        this.memory = memory;
        this.codeSpace = new CodeSpace(memory);
        this.blocks = new BlockTransfers(memory);
        this.rare = new RareOperations(cpu, memory, blocks);
    }

    /** Number of instructions executed so far; right also while one is being executed. */
    public long now() {
        return now;
    }

    /** Moves time, when the core slept or a snapshot is restored. */
    public void setNow(long value) {
        now = value;
    }

    /** Ends {@link #run} after the instruction being executed. */
    public void stopSoon() {
        stopAt = Long.MIN_VALUE;
    }

    /** True when {@link #stopSoon} was called in the last {@link #run}. */
    boolean wasToStop() {
        return stopAt == Long.MIN_VALUE;
    }

    /** What was decoded at the PC, packed; {@link Op#UNDECODED} when nothing was. */
    long decodedHere() {
        CodeSpace.Block block = codeSpace.blockAt(cpu.pc);
        return block == null ? Op.UNDECODED : block.code[(cpu.pc - block.base) >>> 1];
    }

    /** The fault behind {@link Exit#FAULT}. */
    public GuestFault fault() {
        return fault;
    }

    void setBreakpoints(Set<Integer> addresses) {
        codeSpace.setBreakpoints(addresses);
    }

    CodeSpace codeSpace() {
        return codeSpace;
    }

    FloatOperations floats() {
        return rare.floats();
    }

    public boolean isBreakpoint(int address) {
        return codeSpace.isBreakpoint(address);
    }

    /** Forgets what was decoded from bytes that have changed. */
    public void codeChanged(int address, int sizeBytes) {
        codeSpace.changed(address, sizeBytes);
    }

    /** Forgets everything decoded; for changes of what may be executed. */
    public void forgetCode() {
        codeSpace.forgetAll();
    }

    /**
     * Executes the one instruction at the PC as the present IT state says, whatever stands in its
     * slot: used for stepping off a breakpoint and for jumps into an IT block.
     */
    public Exit runOne() {
        CodeSpace.Block block = codeSpace.blockAt(cpu.pc);
        if (block == null || !cpu.thumb) {
            return run(now + 1);
        }
        int slot = (cpu.pc - block.base) >>> 1;
        int address = cpu.pc;
        try {
            block.code[slot] = codeSpace.decode(address, cpu.it != 0);
        } catch (GuestFault f) {
            fault = f;
            return Exit.FAULT;
        }
        Exit exit = run(now + 1);
        block.code[slot] = Op.UNDECODED;
        return exit;
    }

    /**
     * Executes instructions until their number reaches {@code until}, or something else needs
     * attention.
     */
    public Exit run(long until) {
        return run(until, false);
    }

    /**
     * As {@link #run(long)}.
     *
     * @param untilHot end with {@link Exit#HOT} after a branch to a place that is branched to often
     */
    Exit run(long until, boolean untilHot) {
        stopAt = until;
        if (!cpu.thumb) {
            return Exit.NOT_THUMB;
        }
        Exit exit = Exit.LIMIT;
        final CpuState cpu = this.cpu;
        final Memory memory = this.memory;
        final int[] r = cpu.r;
        int pc = cpu.pc;
        int n = cpu.n;
        int z = cpu.z;
        int c = cpu.c;
        int v = cpu.v;
        long now = this.now;
        int w = 0;
        CodeSpace.Block block = codeSpace.blockAt(pc);
        if (block == null) {
            return now < until ? Exit.NO_CODE : Exit.LIMIT;
        }
        if (cpu.it != 0) {
            codeSpace.requireInIt(pc);
        }
        long[] code = block.code;
        int base = block.base;
        Tracks.Track track = block.track;
        int from = pc;
        short[] heat = untilHot ? block.heat : NO_HEAT;
        try {
            loop:
            while (now < stopAt) {
                int slot = (pc - base) >>> 1;
                if (slot >= code.length) {
                    CodeSpace.Block other = codeSpace.blockAt(pc);
                    if (from != pc) {
                        track.ran(from, pc - 2);
                        from = pc;
                    }
                    if (other == null) {
                        exit = Exit.NO_CODE;
                        break;
                    }
                    track = other.track;
                    code = other.code;
                    base = other.base;
                    heat = untilHot ? other.heat : NO_HEAT;
                    continue;
                }
                long packed = code[slot];
                w = (int) packed;
                int imm = (int) (packed >>> 32);
                int next = pc + 2 + (w >>> 25 & 2);
                int x;
                int y;
                long wide;
                if ((w & Instruction.IN_IT) != 0) {
                    if (cpu.it == 0) {
                        exit = Exit.DECODE_AGAIN;
                        break;
                    }
                    boolean passes = Conditions.pass(cpu.it >>> 4, n, z, c, v);
                    advanceIt();
                    if (cpu.it != 0) {
                        codeSpace.requireInIt(next);
                    }
                    if (!passes) {
                        pc = next;
                        this.now = ++now;
                        continue;
                    }
                }
                switch (w & Instruction.OP_MASK) {
                    case Op.UNDECODED:
                        w = 0;
                        codeSpace.fill(pc, cpu.it != 0);
                        continue;
                    case Op.BREAKPOINT:
                        exit = Exit.BREAKPOINT;
                        break loop;
                    case Op.MOV_IMM:
                        r[rd(w)] = imm;
                        break;
                    case Op.MOV_IMM_S:
                        r[rd(w)] = n = z = imm;
                        break;
                    case Op.MOV_REG:
                        r[rd(w)] = r[rm(w)];
                        break;
                    case Op.MOV_REG_S:
                        r[rd(w)] = n = z = r[rm(w)];
                        break;
                    case Op.MVN_IMM:
                        r[rd(w)] = ~imm;
                        break;
                    case Op.MVN_IMM_S:
                        r[rd(w)] = n = z = ~imm;
                        break;
                    case Op.MVN_REG:
                        r[rd(w)] = ~r[rm(w)];
                        break;
                    case Op.MVN_REG_S:
                        r[rd(w)] = n = z = ~r[rm(w)];
                        break;
                    case Op.ADD_IMM:
                        r[rd(w)] = r[rn(w)] + imm;
                        break;
                    case Op.ADD_IMM_S:
                        x = r[rn(w)];
                        y = imm;
                        n = z = x + y;
                        c = Alu.carryOfAdd(x, z);
                        v = Alu.overflowOfAdd(x, y, z);
                        r[rd(w)] = z;
                        break;
                    case Op.ADD_REG:
                        r[rd(w)] = r[rn(w)] + r[rm(w)];
                        break;
                    case Op.ADD_REG_S:
                        x = r[rn(w)];
                        y = r[rm(w)];
                        n = z = x + y;
                        c = Alu.carryOfAdd(x, z);
                        v = Alu.overflowOfAdd(x, y, z);
                        r[rd(w)] = z;
                        break;
                    case Op.SUB_IMM:
                        r[rd(w)] = r[rn(w)] - imm;
                        break;
                    case Op.SUB_IMM_S:
                        x = r[rn(w)];
                        y = imm;
                        n = z = x - y;
                        c = Alu.carryOfSub(x, y);
                        v = Alu.overflowOfSub(x, y, z);
                        r[rd(w)] = z;
                        break;
                    case Op.SUB_REG:
                        r[rd(w)] = r[rn(w)] - r[rm(w)];
                        break;
                    case Op.SUB_REG_S:
                        x = r[rn(w)];
                        y = r[rm(w)];
                        n = z = x - y;
                        c = Alu.carryOfSub(x, y);
                        v = Alu.overflowOfSub(x, y, z);
                        r[rd(w)] = z;
                        break;
                    case Op.RSB_IMM:
                        r[rd(w)] = imm - r[rn(w)];
                        break;
                    case Op.RSB_IMM_S:
                        y = r[rn(w)];
                        n = z = imm - y;
                        c = Alu.carryOfSub(imm, y);
                        v = Alu.overflowOfSub(imm, y, z);
                        r[rd(w)] = z;
                        break;
                    case Op.AND_IMM:
                        r[rd(w)] = r[rn(w)] & imm;
                        break;
                    case Op.AND_IMM_S:
                        r[rd(w)] = n = z = r[rn(w)] & imm;
                        break;
                    case Op.AND_REG:
                        r[rd(w)] = r[rn(w)] & r[rm(w)];
                        break;
                    case Op.AND_REG_S:
                        r[rd(w)] = n = z = r[rn(w)] & r[rm(w)];
                        break;
                    case Op.ORR_IMM:
                        r[rd(w)] = r[rn(w)] | imm;
                        break;
                    case Op.ORR_IMM_S:
                        r[rd(w)] = n = z = r[rn(w)] | imm;
                        break;
                    case Op.ORR_REG:
                        r[rd(w)] = r[rn(w)] | r[rm(w)];
                        break;
                    case Op.ORR_REG_S:
                        r[rd(w)] = n = z = r[rn(w)] | r[rm(w)];
                        break;
                    case Op.EOR_IMM:
                        r[rd(w)] = r[rn(w)] ^ imm;
                        break;
                    case Op.EOR_IMM_S:
                        r[rd(w)] = n = z = r[rn(w)] ^ imm;
                        break;
                    case Op.EOR_REG:
                        r[rd(w)] = r[rn(w)] ^ r[rm(w)];
                        break;
                    case Op.EOR_REG_S:
                        r[rd(w)] = n = z = r[rn(w)] ^ r[rm(w)];
                        break;
                    case Op.BIC_IMM:
                        r[rd(w)] = r[rn(w)] & ~imm;
                        break;
                    case Op.BIC_IMM_S:
                        r[rd(w)] = n = z = r[rn(w)] & ~imm;
                        break;
                    case Op.BIC_REG:
                        r[rd(w)] = r[rn(w)] & ~r[rm(w)];
                        break;
                    case Op.BIC_REG_S:
                        r[rd(w)] = n = z = r[rn(w)] & ~r[rm(w)];
                        break;
                    case Op.ADC_REG:
                        r[rd(w)] = r[rn(w)] + r[rm(w)] + c;
                        break;
                    case Op.ADC_REG_S:
                        x = r[rn(w)];
                        y = r[rm(w)];
                        n = z = x + y + c;
                        c = Alu.carryOfAdc(x, y, c);
                        v = Alu.overflowOfAdd(x, y, z);
                        r[rd(w)] = z;
                        break;
                    case Op.SBC_REG:
                        r[rd(w)] = r[rn(w)] - r[rm(w)] - 1 + c;
                        break;
                    case Op.SBC_REG_S:
                        x = r[rn(w)];
                        y = r[rm(w)];
                        n = z = x - y - 1 + c;
                        c = Alu.carryOfAdc(x, ~y, c);
                        v = Alu.overflowOfSub(x, y, z);
                        r[rd(w)] = z;
                        break;
                    case Op.LSL_IMM:
                        r[rd(w)] = r[rm(w)] << imm;
                        break;
                    case Op.LSL_IMM_S:
                        x = r[rm(w)];
                        c = x >>> -imm & 1;
                        r[rd(w)] = n = z = x << imm;
                        break;
                    case Op.LSL_REG:
                        r[rd(w)] = Shift.value(Shift.LSL, r[rn(w)], r[rm(w)] & 0xFF, c);
                        break;
                    case Op.LSL_REG_S:
                        x = r[rn(w)];
                        y = r[rm(w)] & 0xFF;
                        n = z = Shift.value(Shift.LSL, x, y, c);
                        c = Shift.carry(Shift.LSL, x, y, c);
                        r[rd(w)] = z;
                        break;
                    case Op.LSR_IMM:
                        r[rd(w)] = r[rm(w)] >>> imm;
                        break;
                    case Op.LSR_IMM_S:
                        x = r[rm(w)];
                        c = x >>> (imm - 1) & 1;
                        r[rd(w)] = n = z = x >>> imm;
                        break;
                    case Op.LSR_REG:
                        r[rd(w)] = Shift.value(Shift.LSR, r[rn(w)], r[rm(w)] & 0xFF, c);
                        break;
                    case Op.LSR_REG_S:
                        x = r[rn(w)];
                        y = r[rm(w)] & 0xFF;
                        n = z = Shift.value(Shift.LSR, x, y, c);
                        c = Shift.carry(Shift.LSR, x, y, c);
                        r[rd(w)] = z;
                        break;
                    case Op.ASR_IMM:
                        r[rd(w)] = r[rm(w)] >> imm;
                        break;
                    case Op.ASR_IMM_S:
                        x = r[rm(w)];
                        c = x >>> (imm - 1) & 1;
                        r[rd(w)] = n = z = x >> imm;
                        break;
                    case Op.ASR_REG:
                        r[rd(w)] = Shift.value(Shift.ASR, r[rn(w)], r[rm(w)] & 0xFF, c);
                        break;
                    case Op.ASR_REG_S:
                        x = r[rn(w)];
                        y = r[rm(w)] & 0xFF;
                        n = z = Shift.value(Shift.ASR, x, y, c);
                        c = Shift.carry(Shift.ASR, x, y, c);
                        r[rd(w)] = z;
                        break;
                    case Op.MUL:
                        r[rd(w)] = r[rn(w)] * r[rm(w)];
                        break;
                    case Op.MUL_S:
                        r[rd(w)] = n = z = r[rn(w)] * r[rm(w)];
                        break;
                    case Op.ADD_LSL:
                        r[rd(w)] = r[rn(w)] + (r[rm(w)] << imm);
                        break;
                    case Op.ORR_LSL:
                        r[rd(w)] = r[rn(w)] | r[rm(w)] << imm;
                        break;
                    case Op.CMP_IMM:
                        x = r[rn(w)];
                        y = imm;
                        n = z = x - y;
                        c = Alu.carryOfSub(x, y);
                        v = Alu.overflowOfSub(x, y, z);
                        break;
                    case Op.CMP_REG:
                        x = r[rn(w)];
                        y = r[rm(w)];
                        n = z = x - y;
                        c = Alu.carryOfSub(x, y);
                        v = Alu.overflowOfSub(x, y, z);
                        break;
                    case Op.CMN_IMM:
                        x = r[rn(w)];
                        n = z = x + imm;
                        c = Alu.carryOfAdd(x, z);
                        v = Alu.overflowOfAdd(x, imm, z);
                        break;
                    case Op.TST_IMM:
                        n = z = r[rn(w)] & imm;
                        break;
                    case Op.TST_REG:
                        n = z = r[rn(w)] & r[rm(w)];
                        break;
                    case Op.ADD_SP_IMM:
                        x = r[13] + imm & ~3;
                        if (Integer.compareUnsigned(x, cpu.spLimit) < 0) {
                            throw stackOverflow(x);
                        }
                        r[13] = x;
                        break;
                    case Op.MLA:
                        r[rd(w)] = r[ra(w)] + r[rn(w)] * r[rm(w)];
                        break;
                    case Op.MLS:
                        r[rd(w)] = r[ra(w)] - r[rn(w)] * r[rm(w)];
                        break;
                    case Op.UMULL:
                        wide = (r[rn(w)] & UNSIGNED) * (r[rm(w)] & UNSIGNED);
                        r[ra(w)] = (int) wide;
                        r[rd(w)] = (int) (wide >>> 32);
                        break;
                    case Op.SMULL:
                        wide = (long) r[rn(w)] * r[rm(w)];
                        r[ra(w)] = (int) wide;
                        r[rd(w)] = (int) (wide >>> 32);
                        break;
                    case Op.UMLAL:
                        wide =
                                (r[rn(w)] & UNSIGNED) * (r[rm(w)] & UNSIGNED)
                                        + pair(r[rd(w)], r[ra(w)]);
                        r[ra(w)] = (int) wide;
                        r[rd(w)] = (int) (wide >>> 32);
                        break;
                    case Op.SMLAL:
                        wide = (long) r[rn(w)] * r[rm(w)] + pair(r[rd(w)], r[ra(w)]);
                        r[ra(w)] = (int) wide;
                        r[rd(w)] = (int) (wide >>> 32);
                        break;
                    case Op.UDIV:
                        y = r[rm(w)];
                        r[rd(w)] = y == 0 ? divideByZero() : Integer.divideUnsigned(r[rn(w)], y);
                        break;
                    case Op.SDIV:
                        y = r[rm(w)];
                        r[rd(w)] = y == 0 ? divideByZero() : r[rn(w)] / y;
                        break;
                    case Op.UXTB:
                        r[rd(w)] = r[rm(w)] & 0xFF;
                        break;
                    case Op.UXTH:
                        r[rd(w)] = r[rm(w)] & 0xFFFF;
                        break;
                    case Op.SXTB:
                        r[rd(w)] = (byte) r[rm(w)];
                        break;
                    case Op.SXTH:
                        r[rd(w)] = (short) r[rm(w)];
                        break;
                    case Op.UBFX:
                        r[rd(w)] = r[rn(w)] >>> imm & -1 >>> -(imm >>> 8);
                        break;
                    case Op.SBFX:
                        y = imm >>> 8;
                        r[rd(w)] = r[rn(w)] << (32 - y - imm) >> -y;
                        break;
                    case Op.BFI:
                        y = -1 >>> -(imm >>> 8) << imm;
                        r[rd(w)] = (r[rd(w)] & ~y) | (r[rn(w)] << imm & y);
                        break;
                    case Op.CLZ:
                        r[rd(w)] = Integer.numberOfLeadingZeros(r[rm(w)]);
                        break;
                    case Op.MOVT:
                        r[rd(w)] = (r[rd(w)] & 0xFFFF) | imm << 16;
                        break;
                    case Op.LDR_IMM:
                        r[rd(w)] = memory.loadWord(r[rn(w)] + imm);
                        break;
                    case Op.LDR_REG:
                        r[rd(w)] = memory.loadWord(r[rn(w)] + (r[rm(w)] << imm));
                        break;
                    case Op.LDR_LIT:
                        r[rd(w)] = memory.loadWord(imm);
                        break;
                    case Op.LDR_UPD:
                        x = updated(r, w, imm);
                        y = memory.loadWord(ra(w) != 0 ? x : r[rn(w)]);
                        r[rn(w)] = x;
                        r[rd(w)] = y;
                        break;
                    case Op.LDRB_IMM:
                        r[rd(w)] = memory.loadByte(r[rn(w)] + imm);
                        break;
                    case Op.LDRB_REG:
                        r[rd(w)] = memory.loadByte(r[rn(w)] + (r[rm(w)] << imm));
                        break;
                    case Op.LDRB_LIT:
                        r[rd(w)] = memory.loadByte(imm);
                        break;
                    case Op.LDRB_UPD:
                        x = updated(r, w, imm);
                        y = memory.loadByte(ra(w) != 0 ? x : r[rn(w)]);
                        r[rn(w)] = x;
                        r[rd(w)] = y;
                        break;
                    case Op.LDRH_IMM:
                        r[rd(w)] = memory.loadHalf(r[rn(w)] + imm);
                        break;
                    case Op.LDRH_REG:
                        r[rd(w)] = memory.loadHalf(r[rn(w)] + (r[rm(w)] << imm));
                        break;
                    case Op.LDRH_LIT:
                        r[rd(w)] = memory.loadHalf(imm);
                        break;
                    case Op.LDRH_UPD:
                        x = updated(r, w, imm);
                        y = memory.loadHalf(ra(w) != 0 ? x : r[rn(w)]);
                        r[rn(w)] = x;
                        r[rd(w)] = y;
                        break;
                    case Op.LDRSB_IMM:
                        r[rd(w)] = (byte) memory.loadByte(r[rn(w)] + imm);
                        break;
                    case Op.LDRSB_REG:
                        r[rd(w)] = (byte) memory.loadByte(r[rn(w)] + (r[rm(w)] << imm));
                        break;
                    case Op.LDRSB_LIT:
                        r[rd(w)] = (byte) memory.loadByte(imm);
                        break;
                    case Op.LDRSB_UPD:
                        x = updated(r, w, imm);
                        y = (byte) memory.loadByte(ra(w) != 0 ? x : r[rn(w)]);
                        r[rn(w)] = x;
                        r[rd(w)] = y;
                        break;
                    case Op.LDRSH_IMM:
                        r[rd(w)] = (short) memory.loadHalf(r[rn(w)] + imm);
                        break;
                    case Op.LDRSH_REG:
                        r[rd(w)] = (short) memory.loadHalf(r[rn(w)] + (r[rm(w)] << imm));
                        break;
                    case Op.LDRSH_LIT:
                        r[rd(w)] = (short) memory.loadHalf(imm);
                        break;
                    case Op.LDRSH_UPD:
                        x = updated(r, w, imm);
                        y = (short) memory.loadHalf(ra(w) != 0 ? x : r[rn(w)]);
                        r[rn(w)] = x;
                        r[rd(w)] = y;
                        break;
                    case Op.STR_IMM:
                        memory.storeWord(r[rn(w)] + imm, r[rd(w)]);
                        break;
                    case Op.STR_REG:
                        memory.storeWord(r[rn(w)] + (r[rm(w)] << imm), r[rd(w)]);
                        break;
                    case Op.STR_UPD:
                        x = updated(r, w, imm);
                        memory.storeWord(ra(w) != 0 ? x : r[rn(w)], r[rd(w)]);
                        r[rn(w)] = x;
                        break;
                    case Op.STRB_IMM:
                        memory.storeByte(r[rn(w)] + imm, r[rd(w)]);
                        break;
                    case Op.STRB_REG:
                        memory.storeByte(r[rn(w)] + (r[rm(w)] << imm), r[rd(w)]);
                        break;
                    case Op.STRB_UPD:
                        x = updated(r, w, imm);
                        memory.storeByte(ra(w) != 0 ? x : r[rn(w)], r[rd(w)]);
                        r[rn(w)] = x;
                        break;
                    case Op.STRH_IMM:
                        memory.storeHalf(r[rn(w)] + imm, r[rd(w)]);
                        break;
                    case Op.STRH_REG:
                        memory.storeHalf(r[rn(w)] + (r[rm(w)] << imm), r[rd(w)]);
                        break;
                    case Op.STRH_UPD:
                        x = updated(r, w, imm);
                        memory.storeHalf(ra(w) != 0 ? x : r[rn(w)], r[rd(w)]);
                        r[rn(w)] = x;
                        break;
                    case Op.LDRD:
                        blocks.loadDual(r, w, imm);
                        break;
                    case Op.STRD:
                        blocks.storeDual(r, w, imm, cpu.spLimit);
                        break;
                    case Op.PUSH:
                        blocks.push(r, imm, cpu.spLimit);
                        break;
                    case Op.POP:
                        blocks.pop(r, imm);
                        break;
                    case Op.LDM:
                        blocks.load(r, w, imm);
                        break;
                    case Op.STM:
                        blocks.store(r, w, imm, cpu.spLimit);
                        break;
                    case Op.POP_PC:
                    case Op.LDM_PC:
                        x =
                                Instruction.op(w) == Op.POP_PC
                                        ? blocks.pop(r, imm)
                                        : blocks.load(r, w, imm);
                        next = x & ~1;
                        if ((x & 1) == 0 || x >>> 24 == 0xFF) {
                            exit = branchExit(x);
                            if (exit != Exit.LIMIT) {
                                track.ran(from, pc);
                                from = pc = next;
                                this.now = ++now;
                                break loop;
                            }
                        }
                        break;
                    case Op.B:
                        next = imm;
                        break;
                    case Op.BL:
                        r[14] = next | 1;
                        next = imm;
                        break;
                    case Op.BX:
                        x = rm(w) == 15 ? imm : r[rm(w)];
                        next = x & ~1;
                        if ((x & 1) == 0 || x >>> 24 == 0xFF) {
                            exit = branchExit(x);
                            if (exit != Exit.LIMIT) {
                                track.ran(from, pc);
                                from = pc = next;
                                this.now = ++now;
                                break loop;
                            }
                        }
                        break;
                    case Op.BLX:
                        x = r[rm(w)];
                        r[14] = next | 1;
                        next = x & ~1;
                        if ((x & 1) == 0 || x >>> 24 == 0xFF) {
                            exit = branchExit(x);
                            if (exit != Exit.LIMIT) {
                                track.ran(from, pc);
                                from = pc = next;
                                this.now = ++now;
                                break loop;
                            }
                        }
                        break;
                    case Op.BEQ:
                        if (z == 0) {
                            next = imm;
                        }
                        break;
                    case Op.BNE:
                        if (z != 0) {
                            next = imm;
                        }
                        break;
                    case Op.BCS:
                        if (c != 0) {
                            next = imm;
                        }
                        break;
                    case Op.BCC:
                        if (c == 0) {
                            next = imm;
                        }
                        break;
                    case Op.BMI:
                        if (n < 0) {
                            next = imm;
                        }
                        break;
                    case Op.BPL:
                        if (n >= 0) {
                            next = imm;
                        }
                        break;
                    case Op.BVS:
                        if (v < 0) {
                            next = imm;
                        }
                        break;
                    case Op.BVC:
                        if (v >= 0) {
                            next = imm;
                        }
                        break;
                    case Op.BHI:
                        if (c != 0 && z != 0) {
                            next = imm;
                        }
                        break;
                    case Op.BLS:
                        if (c == 0 || z == 0) {
                            next = imm;
                        }
                        break;
                    case Op.BGE:
                        if ((n ^ v) >= 0) {
                            next = imm;
                        }
                        break;
                    case Op.BLT:
                        if ((n ^ v) < 0) {
                            next = imm;
                        }
                        break;
                    case Op.BGT:
                        if (z != 0 && (n ^ v) >= 0) {
                            next = imm;
                        }
                        break;
                    case Op.BLE:
                        if (z == 0 || (n ^ v) < 0) {
                            next = imm;
                        }
                        break;
                    case Op.CBZ:
                        if (r[rn(w)] == 0) {
                            next = imm;
                        }
                        break;
                    case Op.CBNZ:
                        if (r[rn(w)] != 0) {
                            next = imm;
                        }
                        break;
                    case Op.TBB:
                        x = rn(w) == 15 ? imm : r[rn(w)];
                        next = imm + 2 * memory.loadByte(x + r[rm(w)]);
                        break;
                    case Op.TBH:
                        x = rn(w) == 15 ? imm : r[rn(w)];
                        next = imm + 2 * memory.loadHalf(x + 2 * r[rm(w)]);
                        break;
                    case Op.IT:
                        cpu.it = imm;
                        codeSpace.requireInIt(next);
                        break;
                    case Op.NOP:
                        // Nothing to do.
                        break;

                    default:
                        cpu.pc = next;
                        cpu.n = n;
                        cpu.z = z;
                        cpu.c = c;
                        cpu.v = v;
                        exit = rare.execute(w, imm);
                        next = cpu.pc;
                        n = cpu.n;
                        z = cpu.z;
                        c = cpu.c;
                        v = cpu.v;
                        if (exit != Exit.LIMIT) {
                            if (exit == Exit.BKPT) {
                                // The PC stays, as the architecture says for debug events.
                                break loop;
                            }
                            track.ran(from, pc);
                            from = pc = next;
                            this.now = ++now;
                            break loop;
                        }
                        break;
                }
                boolean branched = (next - pc - 2 & ~2) != 0;
                if (branched) {
                    track.ran(from, pc);
                    from = next;
                }
                pc = next;
                this.now = ++now;
                if (branched) {
                    slot = (pc - base) >>> 1;
                    if (slot < heat.length && heat[slot]++ >= HOT) {
                        heat[slot] = (short) HOT;
                        exit = Exit.HOT;
                        break;
                    }
                }
            }
        } catch (GuestFault f) {
            fault = f;
            exit = Exit.FAULT;
            if ((w & Instruction.IN_IT) != 0) {
                cpu.it = itBefore;
            }
        }
        if (from != pc) {
            track.ran(from, pc - 2);
        }
        if (exit == Exit.FAULT || exit == Exit.BKPT || exit == Exit.BRANCH_TO_SELF) {
            track.ran(pc, pc);
        }
        cpu.pc = pc;
        cpu.n = n;
        cpu.z = z;
        cpu.c = c;
        cpu.v = v;
        return exit;
    }

    private void advanceIt() {
        int it = cpu.it;
        itBefore = it;
        cpu.it = (it & 7) == 0 ? 0 : (it & 0xE0) | (it << 1 & 0x1F);
    }

    /**
     * What a branch to an address without the Thumb bit, or to an EXC_RETURN value, leads to; LIMIT
     * when it is an ordinary one.
     */
    private Exit branchExit(int target) {
        if (target >>> 24 == 0xFF && cpu.handlerMode()) {
            cpu.excReturn = target;
            return Exit.EXCEPTION_RETURN;
        }
        if ((target & 1) == 0) {
            cpu.thumb = false;
            return Exit.NOT_THUMB;
        }
        return Exit.LIMIT;
    }

    private int updated(int[] r, int w, int imm) {
        int address = r[rn(w)] + imm;
        if (rn(w) == CpuState.SP && Integer.compareUnsigned(address, cpu.spLimit) < 0) {
            throw stackOverflow(address);
        }
        return address;
    }

    private GuestFault stackOverflow(int sp) {
        return memory.fault(
                GuestFault.Kind.STKOF,
                sp,
                String.format("stack pointer 0x%08x below its limit 0x%08x", sp, cpu.spLimit));
    }

    private int divideByZero() {
        if (cpu.trapDivisionByZero) {
            throw memory.fault(GuestFault.Kind.DIVBYZERO, 0, "division by zero");
        }
        return 0;
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | (low & UNSIGNED);
    }
}
