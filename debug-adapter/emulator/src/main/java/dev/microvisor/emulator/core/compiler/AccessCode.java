package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Op;
import dev.microvisor.emulator.core.Operands;
import org.objectweb.asm.Opcodes;

/**
 * Emits loads and stores. An access that is not plain leaves the region before the instruction has
 * changed anything, so registers are written last.
 */
final class AccessCode implements Opcodes {
    private static final String LOAD = "(L" + GuestCode.MEMORY + ";[I[II)I";
    private static final String READ = "(L" + GuestCode.MEMORY + ";[I[III)I";
    private static final String STORE = "(L" + GuestCode.MEMORY + ";[I[III)V";
    private static final int ADDRESS = GuestCode.TEMPORARY;
    private static final int UPDATED = ADDRESS + 1;
    private static final int INDEX = ADDRESS + 2;

    /** Values of a block transfer. */
    private static final int VALUES = ADDRESS + 3;

    private final GuestCode code;

    /** Instructions of the block before the present one, which are not counted yet. */
    private int executed;

    AccessCode(GuestCode code) {
        this.code = code;
    }

    /**
     * True when the operation was one of these.
     *
     * @param uncounted instructions before this one that are executed but not yet counted
     */
    boolean emit(Step step, int uncounted) {
        executed = uncounted;
        int op = step.op();
        if (op >= Op.LDR_IMM && op <= Op.STRH_IMM) {
            code.get(step.rn());
            code.plus(step.imm());
            access(step, op - Op.LDR_IMM);
        } else if (op >= Op.LDR_REG && op <= Op.STRH_REG) {
            registerAddress(step);
            access(step, op - Op.LDR_REG);
        } else if (op >= Op.LDR_LIT && op <= Op.LDRSH_LIT) {
            code.constant(step.imm());
            access(step, op - Op.LDR_LIT);
        } else if (op >= Op.LDR_UPD && op <= Op.STRH_UPD) {
            updating(step, op - Op.LDR_UPD);
        } else {
            return several(step);
        }
        return true;
    }

    private void registerAddress(Step step) {
        code.get(step.rn());
        code.get(step.rm());
        if (step.imm() != 0) {
            code.constant(step.imm());
            code.op(ISHL);
        }
        code.op(IADD);
    }

    /** Pops the address; {@code kind} counts from LDR to STRH. */
    private void access(Step step, int kind) {
        code.store(ADDRESS);
        if (kind <= Op.LDRSH_IMM - Op.LDR_IMM) {
            pushLoaded(kind);
            code.set(step.rd());
        } else {
            storeRegister(step.rd(), kind);
        }
    }

    private void pushLoaded(int kind) {
        code.push(Constant.MEMORY);
        code.push(Constant.WORDS);
        code.push(Constant.READABLE);
        code.load(ADDRESS);
        code.load(GuestCode.LEFT);
        code.plus(-executed);
        code.call(GuestCode.PAGE_ACCESS, readOf(kind), READ);
        if (kind == Op.LDRSB_IMM - Op.LDR_IMM) {
            code.op(I2B);
        } else if (kind == Op.LDRSH_IMM - Op.LDR_IMM) {
            code.op(I2S);
        }
    }

    private void storeRegister(int register, int kind) {
        code.push(Constant.MEMORY);
        code.push(Constant.WORDS);
        code.push(Constant.WRITABLE);
        code.load(ADDRESS);
        code.get(register);
        code.call(GuestCode.PAGE_ACCESS, width(kind), STORE);
    }

    /** The method of {@code PageAccess} that loads. */
    private static String readOf(int kind) {
        return switch (width(kind)) {
            case "word" -> "readWord";
            case "half" -> "readHalf";
            default -> "readByte";
        };
    }

    /** The method of {@code PageAccess}. */
    private static String width(int kind) {
        return switch (kind + Op.LDR_IMM) {
            case Op.LDR_IMM, Op.STR_IMM -> "word";
            case Op.LDRH_IMM, Op.LDRSH_IMM, Op.STRH_IMM -> "half";
            default -> "oneByte";
        };
    }

    private void updating(Step step, int kind) {
        code.get(step.rn());
        code.plus(step.imm());
        checkStack(step.rn());
        code.store(UPDATED);
        boolean pre = step.ra() != 0;
        if (pre) {
            code.load(UPDATED);
        } else {
            code.get(step.rn());
        }
        code.store(ADDRESS);
        if (kind <= Op.LDRSH_IMM - Op.LDR_IMM) {
            pushLoaded(kind);
            code.store(VALUES);
            update(step.rn());
            code.load(VALUES);
            code.set(step.rd());
        } else {
            storeRegister(step.rd(), kind);
            update(step.rn());
        }
    }

    private void update(int base) {
        code.load(UPDATED);
        code.set(base);
    }

    /** The value on the stack becomes the base register; if that is the SP, its limit holds. */
    private void checkStack(int base) {
        if (base == GuestCode.SP) {
            int value = VALUES;
            code.store(value);
            code.push(Constant.CPU);
            code.load(value);
            code.guestOp("stackPointer", "(L" + GuestCode.CPU + ";I)I");
        }
    }

    // ---------------------------------------------------------------- several words

    private boolean several(Step step) {
        int list = step.imm();
        switch (step.op()) {
            case Op.PUSH -> {
                code.get(GuestCode.SP);
                code.plus(-4 * Integer.bitCount(list));
                checkStack(GuestCode.SP);
                code.op(DUP);
                code.store(UPDATED);
                code.store(ADDRESS);
                storeList(list);
                update(GuestCode.SP);
            }
            case Op.POP -> {
                pop(list);
                commitPop(list);
            }
            case Op.LDM -> {
                loadMultiple(step);
                commitMultiple(step);
            }
            case Op.STM -> {
                multipleAddress(step);
                storeList(list);
                if ((step.ra() & Operands.WRITE_BACK) != 0) {
                    update(step.rn());
                }
            }
            case Op.LDRD, Op.STRD -> dual(step);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Loads what a POP pops, into temporaries. */
    void pop(int list) {
        code.get(GuestCode.SP);
        code.store(ADDRESS);
        loadList(list);
    }

    void commitPop(int list) {
        commit(list);
        code.load(ADDRESS);
        code.plus(4 * Integer.bitCount(list));
        code.set(GuestCode.SP);
    }

    void loadMultiple(Step step) {
        multipleAddress(step);
        loadList(step.imm());
    }

    void commitMultiple(Step step) {
        commit(step.imm());
        if ((step.ra() & Operands.WRITE_BACK) != 0) {
            update(step.rn());
        }
    }

    /** Pushes what was loaded for the PC, the last of a list. */
    void pushLast(int list) {
        code.load(VALUES + Integer.bitCount(list) - 1);
    }

    /** Puts where a TBB or TBH leads into the PC variable. */
    void tableTarget(Step step) {
        boolean halves = step.op() == Op.TBH;
        code.constant(step.imm());
        code.push(Constant.MEMORY);
        code.push(Constant.WORDS);
        code.push(Constant.READABLE);
        if (step.rn() == 15) {
            code.constant(step.imm());
        } else {
            code.get(step.rn());
        }
        code.get(step.rm());
        if (halves) {
            code.constant(1);
            code.op(ISHL);
        }
        code.op(IADD);
        code.call(GuestCode.PAGE_ACCESS, halves ? "half" : "oneByte", LOAD);
        code.constant(1);
        code.op(ISHL);
        code.op(IADD);
        code.store(GuestCode.PC);
    }

    /** Loads what an LDR of the PC branches to, into a temporary. */
    void branchTarget(Step step) {
        int kind = step.ra();
        if (kind == Operands.BY_REGISTER) {
            registerAddress(step);
        } else {
            immediateAddress(step, kind);
        }
        if (updates(kind)) {
            checkStack(step.rn());
        }
        keepAddress(step, kind);
        // One word, aligned, or the interpreter faults.
        readRun(4);
        pushWord(0);
        code.store(VALUES);
    }

    void pushTarget() {
        code.load(VALUES);
    }

    void commitTarget(Step step) {
        if (updates(step.ra())) {
            update(step.rn());
        }
    }

    /** Pushes the address that an immediate offset leads to. */
    private void immediateAddress(Step step, int kind) {
        if (kind == Operands.ABSOLUTE) {
            code.constant(step.imm());
        } else {
            code.get(step.rn());
            code.plus(step.imm());
        }
    }

    /** Keeps what was pushed for the base register, and the address that is accessed. */
    private void keepAddress(Step step, int kind) {
        code.store(UPDATED);
        if (kind == Operands.POST_INDEXED) {
            code.get(step.rn());
        } else {
            code.load(UPDATED);
        }
        code.store(ADDRESS);
    }

    private static boolean updates(int kind) {
        return kind == Operands.PRE_INDEXED || kind == Operands.POST_INDEXED;
    }

    private void multipleAddress(Step step) {
        int size = 4 * Integer.bitCount(step.imm());
        boolean before = (step.ra() & Operands.DECREMENT_BEFORE) != 0;
        boolean stores = step.op() == Op.STM;
        boolean writesBack = (step.ra() & Operands.WRITE_BACK) != 0;
        code.get(step.rn());
        code.plus(before ? -size : size);
        if (stores && writesBack) {
            checkStack(step.rn());
        }
        code.store(UPDATED);
        if (before) {
            code.load(UPDATED);
        } else {
            code.get(step.rn());
        }
        code.store(ADDRESS);
    }

    private void readRun(int sizeBytes) {
        code.push(Constant.WORDS);
        code.push(Constant.READABLE);
        code.load(ADDRESS);
        code.constant(sizeBytes);
        code.call(GuestCode.PAGE_ACCESS, "readableRun", "([I[III)I");
        code.store(INDEX);
    }

    private void writeRun(int sizeBytes) {
        code.push(Constant.MEMORY);
        code.push(Constant.WORDS);
        code.push(Constant.WRITABLE);
        code.load(ADDRESS);
        code.constant(sizeBytes);
        code.call(GuestCode.PAGE_ACCESS, "writableRun", "(L" + GuestCode.MEMORY + ";[I[III)I");
        code.store(INDEX);
    }

    /** Pushes the array and the index of one of the words. */
    private void place(int number) {
        code.push(Constant.WORDS);
        code.load(INDEX);
        code.plus(number);
    }

    private void pushWord(int number) {
        place(number);
        code.op(IALOAD);
    }

    private void putRegister(int number, int register) {
        place(number);
        code.get(register);
        code.op(IASTORE);
    }

    private void loadList(int list) {
        int count = Integer.bitCount(list);
        readRun(4 * count);
        for (int i = 0; i < count; i++) {
            pushWord(i);
            code.store(VALUES + i);
        }
    }

    private void commit(int list) {
        int i = 0;
        for (int left = list & 0x7FFF; left != 0; left &= left - 1) {
            code.load(VALUES + i++);
            code.set(Integer.numberOfTrailingZeros(left));
        }
    }

    private void storeList(int list) {
        writeRun(4 * Integer.bitCount(list));
        int number = 0;
        for (int left = list; left != 0; left &= left - 1) {
            putRegister(number++, Integer.numberOfTrailingZeros(left));
        }
    }

    private void dual(Step step) {
        int kind = step.rm();
        boolean updates = updates(kind);
        immediateAddress(step, kind);
        if (updates && step.op() == Op.STRD) {
            checkStack(step.rn());
        }
        keepAddress(step, kind);
        if (step.op() == Op.STRD) {
            writeRun(8);
            putRegister(0, step.rd());
            putRegister(1, step.ra());
        } else {
            readRun(8);
            pushWord(0);
            code.store(VALUES);
            pushWord(1);
            code.store(VALUES + 1);
        }
        if (updates) {
            update(step.rn());
        }
        if (step.op() == Op.LDRD) {
            code.load(VALUES);
            code.set(step.rd());
            code.load(VALUES + 1);
            code.set(step.ra());
        }
    }

    // ---------------------------------------------------------------- floating point

    /** VLDR, VSTR, VLDM and VSTM; true when the operation was one of these. */
    boolean emitFloat(Step step) {
        int op = step.op();
        switch (op) {
            case Op.VLDR, Op.VLDR_D, Op.VSTR, Op.VSTR_D -> {
                if (step.rn() == 15) {
                    code.constant(step.imm());
                } else {
                    code.get(step.rn());
                    code.plus(step.imm());
                }
                code.store(ADDRESS);
                int count = op == Op.VLDR_D || op == Op.VSTR_D ? 2 : 1;
                boolean load = op == Op.VLDR || op == Op.VLDR_D;
                transferFloats(step.rd() | step.rm() << 4, count, 4 * count, load);
            }
            case Op.VLDM, Op.VLDM_D, Op.VSTM, Op.VSTM_D -> multipleFloats(step);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void multipleFloats(Step step) {
        int op = step.op();
        int imm = step.imm();
        int size = 4 * (imm >>> 16);
        boolean before = (step.ra() & Operands.DECREMENT_BEFORE) != 0;
        boolean update = (step.ra() & Operands.WRITE_BACK) != 0;
        code.get(step.rn());
        code.plus(before ? -size : size);
        if (update) {
            checkStack(step.rn());
        }
        code.store(UPDATED);
        if (before) {
            code.load(UPDATED);
        } else {
            code.get(step.rn());
        }
        code.store(ADDRESS);
        boolean load = op == Op.VLDM || op == Op.VLDM_D;
        transferFloats(imm & 0xFF, imm >>> 8 & 0xFF, size, load);
        if (update) {
            update(step.rn());
        }
    }

    private void transferFloats(int first, int count, int sizeBytes, boolean load) {
        if (load) {
            readRun(sizeBytes);
        } else {
            writeRun(sizeBytes);
        }
        for (int i = 0; i < count; i++) {
            if (load) {
                code.push(Constant.FLOATS);
                code.constant(first + i);
                pushWord(i);
                code.op(IASTORE);
            } else {
                place(i);
                code.push(Constant.FLOATS);
                code.constant(first + i);
                code.op(IALOAD);
                code.op(IASTORE);
            }
        }
    }
}
