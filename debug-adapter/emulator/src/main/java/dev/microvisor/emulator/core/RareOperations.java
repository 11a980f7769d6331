package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;
import static dev.microvisor.emulator.core.Instruction.rd;
import static dev.microvisor.emulator.core.Instruction.rm;
import static dev.microvisor.emulator.core.Instruction.rn;

import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;

/**
 * The operations that the interpreter's loop does not execute itself. Flags are in {@link
 * CpuState}; its PC already points to the next instruction.
 */
final class RareOperations {
    private final CpuState cpu;
    private final Memory memory;
    private final BlockTransfers blocks;
    private final Exclusives exclusives;
    private final SpecialRegisters special;
    private final FloatOperations floats;

    RareOperations(CpuState cpu, Memory memory, BlockTransfers blocks) {
        this.cpu = cpu;
        this.memory = memory;
        this.blocks = blocks;
        this.exclusives = new Exclusives(cpu, memory);
        this.special = new SpecialRegisters(cpu);
        this.floats = new FloatOperations(cpu, memory, blocks);
    }

    FloatOperations floats() {
        return floats;
    }

    /** Executes one operation; {@link Exit#LIMIT} means "go on". */
    Exit execute(int w, int imm) {
        int op = Instruction.op(w);
        if (op >= Op.LDREX && op <= Op.TT) {
            exclusives.execute(w, imm);
            return Exit.LIMIT;
        }
        if (op >= Op.MRS && op <= Op.UNPREDICTABLE) {
            return system(w, imm);
        }
        if (op >= Op.FLOAT_UNDEFINED || (op >= Op.VLDR && op <= Op.VMRS)) {
            floats.execute(w, imm);
            return Exit.LIMIT;
        }
        int[] r = cpu.r;
        switch (op) {
            case Op.ALU_IMM, Op.ALU_IMM_S -> alu(w, imm, cpu.c);
            case Op.ALU_IMM_SC -> alu(w, imm, imm >>> 31);
            case Op.ALU_REG, Op.ALU_REG_S -> alu(w, r[rm(w)], cpu.c);
            case Op.ALU_SHIFTED, Op.ALU_SHIFTED_S -> {
                int type = imm >>> 8;
                int amount = imm & 0xFF;
                int carry = Shift.carry(type, r[rm(w)], amount, cpu.c);
                alu(w, Shift.value(type, r[rm(w)], amount, cpu.c), carry);
            }
            case Op.ROR_REG, Op.ROR_REG_S -> {
                int amount = r[rm(w)] & 0xFF;
                int x = r[rn(w)];
                int result = Integer.rotateRight(x, amount);
                if (op == Op.ROR_REG_S) {
                    cpu.c = Shift.carry(Shift.ROR, x, amount, cpu.c);
                    cpu.n = result;
                    cpu.z = result;
                }
                r[rd(w)] = result;
            }
            case Op.BRANCH_TO_SELF -> {
                cpu.pc = imm;
                return Exit.BRANCH_TO_SELF;
            }
            case Op.LDR_ANY -> {
                return loadAny(w, imm);
            }
            case Op.MOV_PC -> {
                return branch(r[rm(w)] | 1);
            }
            case Op.ADD_PC -> {
                return branch(r[rm(w)] + imm | 1);
            }
            case Op.BFC -> r[rd(w)] &= ~(-1 >>> -(imm >>> 8) << imm);
            case Op.REV -> r[rd(w)] = Integer.reverseBytes(r[rm(w)]);
            case Op.REV16 -> r[rd(w)] = Integer.rotateRight(Integer.reverseBytes(r[rm(w)]), 16);
            case Op.REVSH -> r[rd(w)] = Short.reverseBytes((short) r[rm(w)]);
            case Op.RBIT -> r[rd(w)] = Integer.reverse(r[rm(w)]);
            default -> Dsp.execute(cpu, w, imm);
        }
        return Exit.LIMIT;
    }

    /** A data-processing operation in its general form; {@code carry} is the shifter's. */
    private void alu(int w, int y, int carry) {
        int alu = ra(w);
        int op = Instruction.op(w);
        int x = Alu.ignoresFirst(alu) ? 0 : cpu.r[rn(w)];
        int result = Alu.result(alu, x, y, cpu.c);
        boolean setsFlags = (op & 1) == 1 || op == Op.ALU_IMM_SC;
        int newCarry = carry;
        int newOverflow = cpu.v;
        if (setsFlags && !Alu.isLogical(alu)) {
            newCarry = Alu.carry(alu, x, y, cpu.c);
            newOverflow = Alu.overflow(alu, x, y, result);
        }
        if (!Alu.comparesOnly(alu)) {
            if (rd(w) == CpuState.SP) {
                blocks.checkLimit(result & ~3, cpu.spLimit);
                cpu.r[CpuState.SP] = result & ~3;
            } else {
                cpu.r[rd(w)] = result;
            }
        }
        if (setsFlags) {
            cpu.n = result;
            cpu.z = result;
            cpu.c = newCarry;
            cpu.v = newOverflow;
        }
    }

    /** LDR into the SP or the PC. */
    private Exit loadAny(int w, int imm) {
        int[] r = cpu.r;
        int kind = ra(w);
        int base = rn(w);
        int target =
                switch (kind) {
                    case Operands.BY_REGISTER -> r[base] + (r[rm(w)] << imm);
                    case Operands.ABSOLUTE -> imm;
                    default -> r[base] + imm;
                };
        boolean updates = kind == Operands.PRE_INDEXED || kind == Operands.POST_INDEXED;
        if (updates && base == CpuState.SP) {
            blocks.checkLimit(target, cpu.spLimit);
        }
        int address = kind == Operands.POST_INDEXED ? r[base] : target;
        boolean toPc = rd(w) == 15;
        if (toPc && (address & 3) != 0) {
            throw memory.unaligned(address);
        }
        int value = memory.loadWord(address);
        if (updates) {
            r[base] = target;
        }
        if (toPc) {
            return branch(value);
        }
        r[CpuState.SP] = value & ~3;
        return Exit.LIMIT;
    }

    Exit branch(int target) {
        cpu.pc = target & ~1;
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

    private Exit system(int w, int imm) {
        switch (Instruction.op(w)) {
            case Op.MRS:
                cpu.r[rd(w)] = special.read(imm & 0xFF);
                return Exit.LIMIT;
            case Op.MSR:
                special.write(imm & 0xFF, imm >>> 10 & 3, cpu.r[rn(w)]);
                return cpu.exceptionPending || SpecialRegisters.changesPrivilege(imm & 0xFF)
                        ? Exit.PRIORITY_CHANGED
                        : Exit.LIMIT;
            case Op.CPS:
                special.changeMasks(rd(w) == 1, imm);
                return cpu.exceptionPending || (imm & 1) != 0 ? Exit.PRIORITY_CHANGED : Exit.LIMIT;
            case Op.SVC:
                cpu.trapNumber = imm;
                return Exit.SUPERVISOR_CALL;
            case Op.BKPT:
                cpu.trapNumber = imm;
                return Exit.BKPT;
            case Op.WFI:
                return Exit.WAIT_FOR_INTERRUPT;
            case Op.WFE:
                if (cpu.event) {
                    cpu.event = false;
                    return Exit.LIMIT;
                }
                return Exit.WAIT_FOR_EVENT;
            case Op.SEV:
                cpu.event = true;
                return Exit.LIMIT;
            case Op.BARRIER, Op.SG:
                return Exit.LIMIT;
            case Op.NOCP:
                throw memory.fault(GuestFault.Kind.NOCP, 0, "there is no such coprocessor");
            case Op.UDF:
                throw memory.fault(
                        GuestFault.Kind.UNDEFINSTR, 0, "permanently undefined instruction (UDF)");
            case Op.UNPREDICTABLE:
                throw memory.fault(
                        GuestFault.Kind.UNDEFINSTR,
                        0,
                        "the manual calls this encoding UNPREDICTABLE; here it is undefined");
            default:
                throw memory.fault(GuestFault.Kind.UNDEFINSTR, 0, "undefined instruction");
        }
    }
}
