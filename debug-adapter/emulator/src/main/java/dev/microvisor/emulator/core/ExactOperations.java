package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;
import static dev.microvisor.emulator.core.Instruction.rd;
import static dev.microvisor.emulator.core.Instruction.rm;
import static dev.microvisor.emulator.core.Instruction.rn;

import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;

/**
 * The operations that {@link PlainLoop} leaves when they are not plain: loads and stores anywhere,
 * checks of the stack limit, divisions by zero; and those that it does not have.
 */
final class ExactOperations {
    private final CpuState cpu;
    private final Memory memory;
    private final BlockTransfers blocks;
    private final RareOperations rare;

    ExactOperations(CpuState cpu, Memory memory) {
        this.cpu = cpu;
        this.memory = memory;
        this.blocks = new BlockTransfers(memory);
        this.rare = new RareOperations(cpu, memory, blocks);
    }

    FloatOperations floats() {
        return rare.floats();
    }

    /**
     * Executes one operation. The PC is behind it, and where it branches to afterwards.
     *
     * @return {@link Exit#LIMIT} to go on there
     */
    Exit execute(int w, int imm) {
        final CpuState cpu = this.cpu;
        final Memory memory = this.memory;
        final int[] r = cpu.r;
        final int d = rd(w);
        final int n = rn(w);
        final int m = rm(w);
        int x;
        int y;
        switch (w & Instruction.OP_MASK) {
            case Op.LDR_IMM:
                r[d] = memory.loadWord(r[n] + imm);
                break;
            case Op.LDR_REG:
                r[d] = memory.loadWord(r[n] + (r[m] << imm));
                break;
            case Op.LDR_LIT:
                r[d] = memory.loadWord(imm);
                break;
            case Op.LDR_UPD:
                x = updated(r, n, imm);
                y = memory.loadWord(ra(w) != 0 ? x : r[n]);
                r[n] = x;
                r[d] = y;
                break;
            case Op.LDRB_IMM:
                r[d] = memory.loadByte(r[n] + imm);
                break;
            case Op.LDRB_REG:
                r[d] = memory.loadByte(r[n] + (r[m] << imm));
                break;
            case Op.LDRB_LIT:
                r[d] = memory.loadByte(imm);
                break;
            case Op.LDRB_UPD:
                x = updated(r, n, imm);
                y = memory.loadByte(ra(w) != 0 ? x : r[n]);
                r[n] = x;
                r[d] = y;
                break;
            case Op.LDRH_IMM:
                r[d] = memory.loadHalf(r[n] + imm);
                break;
            case Op.LDRH_REG:
                r[d] = memory.loadHalf(r[n] + (r[m] << imm));
                break;
            case Op.LDRH_LIT:
                r[d] = memory.loadHalf(imm);
                break;
            case Op.LDRH_UPD:
                x = updated(r, n, imm);
                y = memory.loadHalf(ra(w) != 0 ? x : r[n]);
                r[n] = x;
                r[d] = y;
                break;
            case Op.LDRSB_IMM:
                r[d] = (byte) memory.loadByte(r[n] + imm);
                break;
            case Op.LDRSB_REG:
                r[d] = (byte) memory.loadByte(r[n] + (r[m] << imm));
                break;
            case Op.LDRSB_LIT:
                r[d] = (byte) memory.loadByte(imm);
                break;
            case Op.LDRSB_UPD:
                x = updated(r, n, imm);
                y = (byte) memory.loadByte(ra(w) != 0 ? x : r[n]);
                r[n] = x;
                r[d] = y;
                break;
            case Op.LDRSH_IMM:
                r[d] = (short) memory.loadHalf(r[n] + imm);
                break;
            case Op.LDRSH_REG:
                r[d] = (short) memory.loadHalf(r[n] + (r[m] << imm));
                break;
            case Op.LDRSH_LIT:
                r[d] = (short) memory.loadHalf(imm);
                break;
            case Op.LDRSH_UPD:
                x = updated(r, n, imm);
                y = (short) memory.loadHalf(ra(w) != 0 ? x : r[n]);
                r[n] = x;
                r[d] = y;
                break;
            case Op.STR_IMM:
                memory.storeWord(r[n] + imm, r[d]);
                break;
            case Op.STR_REG:
                memory.storeWord(r[n] + (r[m] << imm), r[d]);
                break;
            case Op.STR_UPD:
                x = updated(r, n, imm);
                memory.storeWord(ra(w) != 0 ? x : r[n], r[d]);
                r[n] = x;
                break;
            case Op.STRB_IMM:
                memory.storeByte(r[n] + imm, r[d]);
                break;
            case Op.STRB_REG:
                memory.storeByte(r[n] + (r[m] << imm), r[d]);
                break;
            case Op.STRB_UPD:
                x = updated(r, n, imm);
                memory.storeByte(ra(w) != 0 ? x : r[n], r[d]);
                r[n] = x;
                break;
            case Op.STRH_IMM:
                memory.storeHalf(r[n] + imm, r[d]);
                break;
            case Op.STRH_REG:
                memory.storeHalf(r[n] + (r[m] << imm), r[d]);
                break;
            case Op.STRH_UPD:
                x = updated(r, n, imm);
                memory.storeHalf(ra(w) != 0 ? x : r[n], r[d]);
                r[n] = x;
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
            case Op.UDIV:
                y = r[m];
                r[d] = y == 0 ? divideByZero() : Integer.divideUnsigned(r[n], y);
                break;
            case Op.SDIV:
                y = r[m];
                r[d] = y == 0 ? divideByZero() : r[n] / y;
                break;
            case Op.ADD_SP_IMM:
                x = r[13] + imm & ~3;
                if (Integer.compareUnsigned(x, cpu.spLimit) < 0) {
                    throw stackOverflow(x);
                }
                r[13] = x;
                break;
            case Op.POP_PC:
                return branch(blocks.pop(r, imm));
            case Op.LDM_PC:
                return branch(blocks.load(r, w, imm));
            case Op.BX:
                return branch(m == 15 ? imm : r[m]);
            case Op.BLX:
                x = r[m];
                r[14] = cpu.pc | 1;
                return branch(x);
            case Op.TBB:
                x = n == 15 ? imm : r[n];
                cpu.pc = imm + 2 * memory.loadByte(x + r[m]);
                break;
            case Op.TBH:
                x = n == 15 ? imm : r[n];
                cpu.pc = imm + 2 * memory.loadHalf(x + 2 * r[m]);
                break;
            default:
                return rare.execute(w, imm);
        }
        return Exit.LIMIT;
    }

    /** Branches as the value of a register says. */
    private Exit branch(int target) {
        return rare.branch(target);
    }

    private int updated(int[] r, int n, int imm) {
        int address = r[n] + imm;
        if (n == CpuState.SP && Integer.compareUnsigned(address, cpu.spLimit) < 0) {
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
}
