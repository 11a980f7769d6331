package dev.microvisor.emulator.core;

import static dev.microvisor.emulator.core.Instruction.ra;
import static dev.microvisor.emulator.core.Instruction.rd;
import static dev.microvisor.emulator.core.Instruction.rm;
import static dev.microvisor.emulator.core.Instruction.rn;

import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;

/**
 * Loads and stores of several registers. They always need word alignment; when one of the accesses
 * faults, no register has changed.
 */
final class BlockTransfers {
    private static final int PC = 15;

    private final Memory memory;
    private final int[] loaded = new int[16];

    BlockTransfers(Memory memory) {
        this.memory = memory;
    }

    void push(int[] r, int list, int limit) {
        int address = r[CpuState.SP] - 4 * Integer.bitCount(list);
        checkLimit(address, limit);
        storeList(r, list, address);
        r[CpuState.SP] = address;
    }

    /** Returns what is to be written to the PC, if the list has it. */
    int pop(int[] r, int list) {
        int address = r[CpuState.SP];
        loadList(list, address);
        commit(r, list);
        r[CpuState.SP] = address + 4 * Integer.bitCount(list);
        return loaded[PC];
    }

    /** LDM and LDMDB. */
    int load(int[] r, int w, int list) {
        int base = rn(w);
        int flags = ra(w);
        int size = 4 * Integer.bitCount(list);
        int start = (flags & Operands.DECREMENT_BEFORE) != 0 ? r[base] - size : r[base];
        int updated = (flags & Operands.DECREMENT_BEFORE) != 0 ? start : r[base] + size;
        loadList(list, start);
        commit(r, list);
        if ((flags & Operands.WRITE_BACK) != 0) {
            r[base] = updated;
        }
        return loaded[PC];
    }

    /** STM and STMDB. */
    void store(int[] r, int w, int list, int limit) {
        int base = rn(w);
        int flags = ra(w);
        int size = 4 * Integer.bitCount(list);
        int start = (flags & Operands.DECREMENT_BEFORE) != 0 ? r[base] - size : r[base];
        int updated = (flags & Operands.DECREMENT_BEFORE) != 0 ? start : r[base] + size;
        if (base == CpuState.SP && (flags & Operands.WRITE_BACK) != 0) {
            checkLimit(updated, limit);
        }
        storeList(r, list, start);
        if ((flags & Operands.WRITE_BACK) != 0) {
            r[base] = updated;
        }
    }

    void loadDual(int[] r, int w, int imm) {
        int base = rn(w);
        int kind = rm(w);
        int target = kind == Operands.ABSOLUTE ? imm : r[base] + imm;
        int address = kind == Operands.POST_INDEXED ? r[base] : target;
        requireAligned(address);
        int first = memory.loadWord(address);
        int second = memory.loadWord(address + 4);
        if (kind == Operands.PRE_INDEXED || kind == Operands.POST_INDEXED) {
            r[base] = target;
        }
        r[rd(w)] = first;
        r[ra(w)] = second;
    }

    void storeDual(int[] r, int w, int imm, int limit) {
        int base = rn(w);
        int kind = rm(w);
        int target = r[base] + imm;
        int address = kind == Operands.POST_INDEXED ? r[base] : target;
        boolean updates = kind == Operands.PRE_INDEXED || kind == Operands.POST_INDEXED;
        if (updates && base == CpuState.SP) {
            checkLimit(target, limit);
        }
        requireAligned(address);
        memory.storeWord(address, r[rd(w)]);
        memory.storeWord(address + 4, r[ra(w)]);
        if (updates) {
            r[base] = target;
        }
    }

    private void loadList(int list, int start) {
        requireAligned(start);
        int address = start;
        for (int left = list; left != 0; left &= left - 1) {
            loaded[Integer.numberOfTrailingZeros(left)] = memory.loadWord(address);
            address += 4;
        }
    }

    private void commit(int[] r, int list) {
        for (int left = list & 0x7FFF; left != 0; left &= left - 1) {
            int register = Integer.numberOfTrailingZeros(left);
            r[register] = loaded[register];
        }
    }

    private void storeList(int[] r, int list, int start) {
        requireAligned(start);
        int address = start;
        for (int left = list; left != 0; left &= left - 1) {
            memory.storeWord(address, r[Integer.numberOfTrailingZeros(left)]);
            address += 4;
        }
    }

    private void requireAligned(int address) {
        if ((address & 3) != 0) {
            throw memory.unaligned(address);
        }
    }

    void checkLimit(int sp, int limit) {
        if (Integer.compareUnsigned(sp, limit) < 0) {
            throw memory.fault(
                    GuestFault.Kind.STKOF,
                    sp,
                    String.format("stack pointer 0x%08x below its limit 0x%08x", sp, limit));
        }
    }
}
