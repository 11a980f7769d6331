package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;
import static dev.microvisor.emulator.core.Instruction.rd;
import static dev.microvisor.emulator.core.Instruction.rn;

import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;

/**
 * Exclusive, acquire/release and unprivileged accesses, and TT. With one core the exclusive monitor
 * is one flag; exception entry and return clear it.
 */
final class Exclusives {
    private final CpuState cpu;
    private final Memory memory;

    Exclusives(CpuState cpu, Memory memory) {
        this.cpu = cpu;
        this.memory = memory;
    }

    void execute(int w, int imm) {
        int[] r = cpu.r;
        int address = r[rn(w)] + imm;
        int op = Instruction.op(w);
        switch (op) {
            case Op.LDREX, Op.LDREXB, Op.LDREXH -> {
                int width = op == Op.LDREX ? 4 : op == Op.LDREXH ? 2 : 1;
                r[rd(w)] = loadAligned(address, width);
                cpu.exclusive = true;
                cpu.exclusiveAddress = address;
            }
            case Op.STREX, Op.STREXB, Op.STREXH -> {
                int width = op == Op.STREX ? 4 : op == Op.STREXH ? 2 : 1;
                requireAligned(address, width);
                if (cpu.exclusive) {
                    memory.store(address, width, r[rd(w)]);
                    cpu.exclusive = false;
                    r[ra(w)] = 0;
                } else {
                    r[ra(w)] = 1;
                }
            }
            case Op.CLREX -> cpu.exclusive = false;
            case Op.LDA -> r[rd(w)] = loadAligned(address, 4);
            case Op.LDAH -> r[rd(w)] = loadAligned(address, 2);
            case Op.LDAB -> r[rd(w)] = loadAligned(address, 1);
            case Op.STL -> storeAligned(address, 4, r[rd(w)]);
            case Op.STLH -> storeAligned(address, 2, r[rd(w)]);
            case Op.STLB -> storeAligned(address, 1, r[rd(w)]);
            case Op.TT -> r[rd(w)] = testTarget(r[rn(w)], imm);
            default -> unprivileged(op, rd(w), address);
        }
    }

    private void unprivileged(int op, int register, int address) {
        int[] r = cpu.r;
        boolean privileged = memory.privileged();
        memory.setPrivileged(false);
        try {
            switch (op) {
                case Op.LDRT -> r[register] = memory.loadWord(address);
                case Op.LDRHT -> r[register] = memory.loadHalf(address);
                case Op.LDRBT -> r[register] = memory.loadByte(address);
                case Op.LDRSHT -> r[register] = (short) memory.loadHalf(address);
                case Op.LDRSBT -> r[register] = (byte) memory.loadByte(address);
                case Op.STRT -> memory.storeWord(address, r[register]);
                case Op.STRHT -> memory.storeHalf(address, r[register]);
                case Op.STRBT -> memory.storeByte(address, r[register]);
                default -> throw new IllegalStateException("operation " + op);
            }
        } finally {
            memory.setPrivileged(privileged);
        }
    }

    private int loadAligned(int address, int widthBytes) {
        requireAligned(address, widthBytes);
        return memory.load(address, widthBytes);
    }

    private void storeAligned(int address, int widthBytes, int value) {
        requireAligned(address, widthBytes);
        memory.store(address, widthBytes, value);
    }

    private void requireAligned(int address, int widthBytes) {
        if ((address & (widthBytes - 1)) != 0) {
            throw memory.unaligned(address);
        }
    }

    /** The TT response: MPU region and its validity, read and write permission. */
    private int testTarget(int address, int options) {
        boolean forAlternateDomain = (options & 0x80) != 0;
        if (forAlternateDomain) {
            throw memory.fault(
                    GuestFault.Kind.UNDEFINSTR, 0, "TTA and TTAT are for the secure side");
        }
        boolean asUnprivileged = (options & 0x40) != 0;
        boolean privileged = memory.privileged() && !asUnprivileged;
        int region = memory.protection().regionOf(address);
        int response = region < 0 ? 0 : region | 1 << 16;
        boolean read = memory.protection().permits(address, false, privileged);
        boolean write = memory.protection().permits(address, true, privileged);
        return response | (read ? 1 << 18 : 0) | (write ? 1 << 19 : 0);
    }
}
