package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Op;
import dev.microvisor.emulator.core.SpecialRegisters;
import org.objectweb.asm.Opcodes;

/** Emits what is done by calls of the interpreter's own semantics: DSP and floating point. */
final class CallCode implements Opcodes {
    private static final String DSP = GuestCode.CORE + "Dsp";
    private static final String FLOAT_OPERATIONS = GuestCode.CORE + "FloatOperations";
    private static final int NO_REGISTER = 15;
    private static final String LOAD = "(L" + GuestCode.CPU + ";L" + GuestCode.MEMORY + ";II)I";

    /** Without the result. */
    private static final String STORE = "(L" + GuestCode.CPU + ";L" + GuestCode.MEMORY + ";III)";

    private final GuestCode code;
    private final FlagCode flags;

    CallCode(GuestCode code, FlagCode flags) {
        this.code = code;
        this.flags = flags;
    }

    void emit(Step step) {
        int op = step.op();
        if (op == Op.REV16 || op == Op.REVSH) {
            code.get(step.rm());
            code.guestOp(op == Op.REV16 ? "rev16" : "revsh", "(I)I");
            code.set(step.rd());
        } else if (op >= Op.SXTAB && op <= Op.UXTAH) {
            extend(step);
        } else if (op >= Op.MRS && op <= Op.CPS) {
            special(step);
        } else if (op >= Op.LDREX && op <= Op.STLH) {
            exclusive(step);
        } else if (op == Op.SMLAXY) {
            multiplyHalves(step);
        } else if (op >= Op.SXTAB16 && op <= Op.UMAAL) {
            spillOperands(step);
            code.push(Constant.CPU);
            code.constant(step.w());
            code.constant(step.imm());
            code.call(DSP, "execute", "(L" + GuestCode.CPU + ";II)V");
            reload(step.rd());
            if (op >= Op.SMLALXY) {
                reload(step.ra());
            }
        } else {
            floatingPoint(step);
        }
    }

    /** Accesses that make or check an exclusive one, or have an order. */
    private void exclusive(Step step) {
        int op = step.op();
        code.push(Constant.CPU);
        if (op == Op.CLREX) {
            code.guestOp("clearExclusive", "(L" + GuestCode.CPU + ";)V");
            return;
        }
        code.push(Constant.MEMORY);
        code.get(step.rn());
        code.plus(step.imm());
        // Word, byte, halfword: the order of their numbers.
        int first =
                op < Op.STREX ? Op.LDREX : op < Op.LDA ? Op.STREX : op < Op.STL ? Op.LDA : Op.STL;
        code.constant(op == first ? 4 : op - first);
        switch (first) {
            case Op.LDREX, Op.LDA -> {
                code.guestOp(first == Op.LDREX ? "loadExclusive" : "loadOrdered", LOAD);
                code.set(step.rd());
            }
            case Op.STREX -> {
                code.get(step.rd());
                code.guestOp("storeExclusive", STORE + "I");
                code.set(step.ra());
            }
            default -> {
                code.get(step.rd());
                code.guestOp("storeOrdered", STORE + "V");
            }
        }
    }

    /** MRS, MSR and CPS, as far as {@link SpecialRegisters#isCompiled}. */
    private void special(Step step) {
        int sysm = step.imm() & 0xFF;
        boolean stack = step.op() != Op.CPS && SpecialRegisters.isStackPointer(sysm);
        if (step.op() != Op.MRS) {
            code.push(Constant.CPU);
            code.guestOp("requireNothingPending", "(L" + GuestCode.CPU + ";)V");
        }
        if (stack) {
            code.spill(GuestCode.SP);
        }
        code.push(Constant.SPECIAL);
        switch (step.op()) {
            case Op.MRS -> {
                code.constant(sysm);
                specialCall("read", "(I)I");
                code.set(step.rd());
            }
            case Op.MSR -> {
                code.constant(sysm);
                code.constant(step.imm() >>> 10 & 3);
                code.get(step.rn());
                specialCall("write", "(III)V");
                if (stack) {
                    code.reload(GuestCode.SP);
                }
            }
            default -> {
                code.constant(step.rd() == 1 ? 1 : 0);
                code.constant(step.imm());
                specialCall("changeMasks", "(ZI)V");
            }
        }
    }

    private void specialCall(String method, String descriptor) {
        code.mv()
                .visitMethodInsn(
                        INVOKEVIRTUAL,
                        GuestCode.CORE + "SpecialRegisters",
                        method,
                        descriptor,
                        false);
    }

    /** A rotated byte or halfword, alone or added to a register. */
    private void extend(Step step) {
        code.get(step.rm());
        if (step.imm() != 0) {
            code.constant(step.imm());
            code.call("java/lang/Integer", "rotateRight", "(II)I");
        }
        switch (step.op()) {
            case Op.SXTAB -> code.op(I2B);
            case Op.SXTAH -> code.op(I2S);
            case Op.UXTAB -> {
                code.constant(0xFF);
                code.op(IAND);
            }
            default -> code.op(I2C);
        }
        if (step.rn() != NO_REGISTER) {
            code.get(step.rn());
            code.op(IADD);
        }
        code.set(step.rd());
    }

    /** SMLABB and its kin; without an accumulator SMULBB and its kin, which cannot overflow. */
    private void multiplyHalves(Step step) {
        pushHalf(step.rn(), (step.imm() & 2) != 0);
        pushHalf(step.rm(), (step.imm() & 1) != 0);
        code.op(IMUL);
        if (step.ra() != NO_REGISTER) {
            code.get(step.ra());
            code.push(Constant.CPU);
            code.call(DSP, "accumulate", "(IIL" + GuestCode.CPU + ";)I");
        }
        code.set(step.rd());
    }

    private void pushHalf(int register, boolean top) {
        code.get(register);
        if (top) {
            code.constant(16);
            code.op(ISHR);
        } else {
            code.op(I2S);
        }
    }

    private void spillOperands(Step step) {
        int operands = 1 << step.rd() | 1 << step.rn() | 1 << step.rm() | 1 << step.ra();
        for (int left = operands & 0x7FFF; left != 0; left &= left - 1) {
            code.spill(Integer.numberOfTrailingZeros(left));
        }
    }

    private void reload(int register) {
        if (register != NO_REGISTER) {
            code.reload(register);
        }
    }

    // ---------------------------------------------------------------- floating point

    private void floatingPoint(Step step) {
        int imm = step.imm();
        switch (step.op()) {
            case Op.VADD -> arithmetic(imm, "add");
            case Op.VSUB -> arithmetic(imm, "subtract");
            case Op.VMUL -> arithmetic(imm, "multiply");
            case Op.VDIV -> arithmetic(imm, "divide");
            case Op.VMOV_REG -> {
                code.push(Constant.FLOATS);
                code.constant(imm & 0xFF);
                pushFloat(imm >>> 16 & 31);
                code.op(IASTORE);
            }
            case Op.VMOV_TO_CORE -> {
                pushFloat(imm);
                code.set(step.rd());
            }
            case Op.VMOV_FROM_CORE -> {
                code.push(Constant.FLOATS);
                code.constant(imm);
                code.get(step.rd());
                code.op(IASTORE);
            }
            default -> interpreted(step);
        }
    }

    private void pushFloat(int register) {
        code.push(Constant.FLOATS);
        code.constant(register);
        code.op(IALOAD);
    }

    private void arithmetic(int imm, String method) {
        code.push(Constant.FLOATS);
        code.constant(imm & 0xFF);
        pushOperations();
        pushFloat(imm >>> 8 & 31);
        pushFloat(imm >>> 16 & 31);
        code.mv().visitMethodInsn(INVOKEVIRTUAL, FLOAT_OPERATIONS, method, "(II)I", false);
        code.op(IASTORE);
    }

    private void pushOperations() {
        code.push(Constant.FLOAT_OPERATIONS);
    }

    private void interpreted(Step step) {
        int op = step.op();
        boolean toFlags = op == Op.VMRS && step.rd() == NO_REGISTER;
        if (op == Op.VSEL) {
            flags.spill();
        }
        boolean usesCore = op == Op.VMRS || (op >= Op.VMOV_PAIR_TO_CORE && op <= Op.VMSR);
        if (usesCore) {
            spillOperands(step);
        }
        if (toFlags) {
            code.push(Constant.CPU);
            code.guestOp("requireOrdinaryFlags", "(L" + GuestCode.CPU + ";)V");
        }
        pushOperations();
        code.constant(step.w());
        code.constant(step.imm());
        code.mv().visitMethodInsn(INVOKEVIRTUAL, FLOAT_OPERATIONS, "execute", "(II)V", false);
        if (toFlags) {
            flags.fetch();
        } else if (usesCore) {
            reload(step.rd());
            reload(step.ra());
        }
    }
}
