package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Alu;
import dev.microvisor.emulator.core.Op;
import dev.microvisor.emulator.core.Shift;
import org.objectweb.asm.Opcodes;

/** Emits data processing: what works on registers and flags alone. */
final class DataCode implements Opcodes {
    private static final String ALU = GuestCode.CORE + "Alu";
    private static final String SHIFT = GuestCode.CORE + "Shift";
    private static final String INTEGER_CLASS = "java/lang/Integer";
    private static final int NO_REGISTER = 15;

    private final GuestCode code;
    private final FlagCode flags;

    DataCode(GuestCode code, FlagCode flags) {
        this.code = code;
        this.flags = flags;
    }

    /** True when the operation was one of these. */
    boolean emit(Step step) {
        int op = step.op();
        switch (op) {
            case Op.MOV_IMM, Op.MOV_IMM_S -> {
                code.constant(step.imm());
                result(step);
            }
            case Op.MOV_REG, Op.MOV_REG_S -> {
                code.get(step.rm());
                result(step);
            }
            case Op.MVN_REG, Op.MVN_REG_S -> {
                code.get(step.rm());
                invert();
                result(step);
            }
            case Op.ADD_IMM -> addImmediate(step, step.imm());
            case Op.SUB_IMM -> addImmediate(step, -step.imm());
            case Op.ADD_REG -> binary(step, IADD);
            case Op.SUB_REG -> binary(step, ISUB);
            case Op.ADD_IMM_S,
                    Op.ADD_REG_S,
                    Op.SUB_IMM_S,
                    Op.SUB_REG_S,
                    Op.CMP_IMM,
                    Op.CMP_REG,
                    Op.CMN_IMM ->
                    addOrSubtractSettingFlags(step);
            case Op.RSB_IMM -> {
                code.constant(step.imm());
                code.get(step.rn());
                code.op(ISUB);
                code.set(step.rd());
            }
            case Op.RSB_IMM_S -> {
                code.constant(step.imm());
                code.get(step.rn());
                flags.setOfSub();
                fromResult(step.rd());
            }
            case Op.AND_IMM, Op.AND_IMM_S, Op.TST_IMM -> logicImmediate(step, IAND, step.imm());
            case Op.ORR_IMM, Op.ORR_IMM_S -> logicImmediate(step, IOR, step.imm());
            case Op.EOR_IMM, Op.EOR_IMM_S -> logicImmediate(step, IXOR, step.imm());
            case Op.AND_REG, Op.AND_REG_S, Op.TST_REG -> logic(step, IAND, false);
            case Op.ORR_REG, Op.ORR_REG_S -> logic(step, IOR, false);
            case Op.EOR_REG, Op.EOR_REG_S -> logic(step, IXOR, false);
            case Op.BIC_REG, Op.BIC_REG_S -> logic(step, IAND, true);
            case Op.ADC_REG, Op.ADC_REG_S, Op.SBC_REG, Op.SBC_REG_S -> withCarry(step);
            case Op.LSL_IMM, Op.LSL_IMM_S, Op.LSR_IMM, Op.LSR_IMM_S, Op.ASR_IMM, Op.ASR_IMM_S ->
                    shiftByImmediate(step);
            case Op.LSL_REG,
                    Op.LSL_REG_S,
                    Op.LSR_REG,
                    Op.LSR_REG_S,
                    Op.ASR_REG,
                    Op.ASR_REG_S,
                    Op.ROR_REG,
                    Op.ROR_REG_S ->
                    shiftByRegister(step);
            case Op.MUL, Op.MUL_S -> {
                code.get(step.rn());
                code.get(step.rm());
                code.op(IMUL);
                result(step);
            }
            case Op.ADD_LSL -> shiftedBinary(step, IADD);
            case Op.ORR_LSL -> shiftedBinary(step, IOR);
            case Op.MLA, Op.MLS -> {
                code.get(step.ra());
                code.get(step.rn());
                code.get(step.rm());
                code.op(IMUL);
                code.op(op == Op.MLA ? IADD : ISUB);
                code.set(step.rd());
            }
            case Op.UMULL, Op.SMULL, Op.UMLAL, Op.SMLAL -> longProduct(step);
            case Op.ALU_IMM,
                    Op.ALU_IMM_S,
                    Op.ALU_IMM_SC,
                    Op.ALU_REG,
                    Op.ALU_REG_S,
                    Op.ALU_SHIFTED,
                    Op.ALU_SHIFTED_S ->
                    general(step);
            default -> {
                return bits(step);
            }
        }
        return true;
    }

    private boolean bits(Step step) {
        int imm = step.imm();
        switch (step.op()) {
            case Op.UXTB -> masked(step, 0xFF);
            case Op.UXTH -> masked(step, 0xFFFF);
            case Op.SXTB -> unary(step, I2B);
            case Op.SXTH -> unary(step, I2S);
            case Op.UBFX -> {
                code.get(step.rn());
                code.constant(imm & 0xFF);
                code.op(IUSHR);
                code.constant(-1 >>> -(imm >>> 8));
                code.op(IAND);
                code.set(step.rd());
            }
            case Op.SBFX -> {
                int width = imm >>> 8;
                code.get(step.rn());
                code.constant(32 - width - (imm & 0xFF));
                code.op(ISHL);
                code.constant(-width & 31);
                code.op(ISHR);
                code.set(step.rd());
            }
            case Op.BFI -> {
                int mask = -1 >>> -(imm >>> 8) << imm;
                code.get(step.rd());
                code.constant(~mask);
                code.op(IAND);
                code.get(step.rn());
                code.constant(imm & 31);
                code.op(ISHL);
                code.constant(mask);
                code.op(IAND);
                code.op(IOR);
                code.set(step.rd());
            }
            case Op.BFC -> {
                code.get(step.rd());
                code.constant(~(-1 >>> -(imm >>> 8) << imm));
                code.op(IAND);
                code.set(step.rd());
            }
            case Op.MOVT -> {
                code.get(step.rd());
                code.constant(0xFFFF);
                code.op(IAND);
                code.constant(imm << 16);
                code.op(IOR);
                code.set(step.rd());
            }
            case Op.CLZ -> integerFunction(step, "numberOfLeadingZeros");
            case Op.REV -> integerFunction(step, "reverseBytes");
            case Op.RBIT -> integerFunction(step, "reverse");
            case Op.NOP, Op.IT, Op.BARRIER, Op.SG -> {
                // Nothing to do.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    // ---------------------------------------------------------------- pieces

    private static boolean setsFlags(Step step) {
        return (step.op() & 1) == 1;
    }

    /** Pops the result of an operation whose {@code _S} form sets N and Z. */
    private void result(Step step) {
        if (setsFlags(step)) {
            code.op(DUP);
            flags.setResult();
        }
        code.set(step.rd());
    }

    /** The result of what has set all flags goes to a register. */
    private void fromResult(int register) {
        flags.pushResult();
        code.set(register);
    }

    private void invert() {
        code.constant(-1);
        code.op(IXOR);
    }

    private void addImmediate(Step step, int value) {
        code.get(step.rn());
        code.plus(value);
        code.set(step.rd());
    }

    private void binary(Step step, int opcode) {
        code.get(step.rn());
        code.get(step.rm());
        code.op(opcode);
        code.set(step.rd());
    }

    private void addOrSubtractSettingFlags(Step step) {
        int op = step.op();
        code.get(step.rn());
        boolean register = op == Op.ADD_REG_S || op == Op.SUB_REG_S || op == Op.CMP_REG;
        if (register) {
            code.get(step.rm());
        } else {
            code.constant(step.imm());
        }
        if (op == Op.ADD_IMM_S || op == Op.ADD_REG_S || op == Op.CMN_IMM) {
            flags.setOfAdd();
        } else {
            flags.setOfSub();
        }
        if (op < Op.CMP_IMM) {
            fromResult(step.rd());
        }
    }

    private void logicImmediate(Step step, int opcode, int value) {
        code.get(step.rn());
        code.constant(value);
        code.op(opcode);
        logicResult(step);
    }

    private void logic(Step step, int opcode, boolean inverted) {
        code.get(step.rn());
        code.get(step.rm());
        if (inverted) {
            invert();
        }
        code.op(opcode);
        logicResult(step);
    }

    private void logicResult(Step step) {
        if (step.op() == Op.TST_IMM || step.op() == Op.TST_REG) {
            flags.setResult();
        } else {
            result(step);
        }
    }

    private void withCarry(Step step) {
        boolean adds = step.op() == Op.ADC_REG || step.op() == Op.ADC_REG_S;
        code.get(step.rn());
        code.get(step.rm());
        flags.pushCarry();
        if (!setsFlags(step)) {
            code.guestOp(adds ? "adc" : "sbc", "(III)I");
            code.set(step.rd());
            return;
        }
        int x = GuestCode.TEMPORARY;
        int y = x + 1;
        int carry = x + 2;
        code.store(carry);
        code.store(y);
        code.store(x);
        pushAll(x, y, carry);
        code.guestOp(adds ? "adc" : "sbc", "(III)I");
        flags.setResult();
        pushAll(x, y, carry);
        if (adds) {
            code.call(ALU, "carryOfAdc", "(III)I");
        } else {
            code.guestOp("carryOfSbc", "(III)I");
        }
        code.setCpu("c");
        pushAll(x, y, GuestCode.RESULT);
        code.call(ALU, adds ? "overflowOfAdd" : "overflowOfSub", "(III)I");
        code.setCpu("v");
        flags.stored();
        fromResult(step.rd());
    }

    private void pushAll(int first, int second, int third) {
        code.load(first);
        code.load(second);
        code.load(third);
    }

    private void shiftByImmediate(Step step) {
        int op = step.op() & ~1;
        int amount = step.imm();
        if (setsFlags(step)) {
            code.get(step.rm());
            code.constant(op == Op.LSL_IMM ? -amount & 31 : amount - 1);
            code.op(IUSHR);
            code.constant(1);
            code.op(IAND);
            flags.setCarry();
        }
        code.get(step.rm());
        code.constant(amount);
        code.op(op == Op.LSL_IMM ? ISHL : op == Op.LSR_IMM ? IUSHR : ISHR);
        result(step);
    }

    private void shiftByRegister(Step step) {
        int op = step.op() & ~1;
        int type =
                switch (op) {
                    case Op.LSL_REG -> Shift.LSL;
                    case Op.LSR_REG -> Shift.LSR;
                    case Op.ASR_REG -> Shift.ASR;
                    default -> Shift.ROR;
                };
        int x = GuestCode.TEMPORARY;
        int amount = x + 1;
        code.get(step.rn());
        code.store(x);
        code.get(step.rm());
        code.constant(0xFF);
        code.op(IAND);
        code.store(amount);
        if (setsFlags(step)) {
            code.constant(type);
            code.load(x);
            code.load(amount);
            flags.pushCarry();
            code.call(SHIFT, "carry", "(IIII)I");
            flags.setCarry();
        }
        code.constant(type);
        code.load(x);
        code.load(amount);
        code.constant(0);
        code.call(SHIFT, "value", "(IIII)I");
        result(step);
    }

    private void shiftedBinary(Step step, int opcode) {
        code.get(step.rn());
        code.get(step.rm());
        code.constant(step.imm());
        code.op(ISHL);
        code.op(opcode);
        code.set(step.rd());
    }

    private void longProduct(Step step) {
        int op = step.op();
        boolean signed = op == Op.SMULL || op == Op.SMLAL;
        code.get(step.rn());
        if (signed) {
            code.op(I2L);
        }
        code.get(step.rm());
        if (signed) {
            code.op(I2L);
            code.op(LMUL);
        } else {
            code.guestOp("product", "(II)J");
        }
        if (op == Op.UMLAL || op == Op.SMLAL) {
            code.get(step.rd());
            code.get(step.ra());
            code.guestOp("pair", "(II)J");
            code.op(LADD);
        }
        code.op(DUP2);
        code.op(L2I);
        code.set(step.ra());
        code.constant(32);
        code.op(LUSHR);
        code.op(L2I);
        code.set(step.rd());
    }

    private void masked(Step step, int mask) {
        code.get(step.rm());
        code.constant(mask);
        code.op(IAND);
        code.set(step.rd());
    }

    private void unary(Step step, int opcode) {
        code.get(step.rm());
        code.op(opcode);
        code.set(step.rd());
    }

    private void integerFunction(Step step, String function) {
        code.get(step.rm());
        code.call(INTEGER_CLASS, function, "(I)I");
        code.set(step.rd());
    }

    // ---------------------------------------------------------------- the general form

    /** Any {@link Alu} operation, its second operand immediate, register or shifted register. */
    private void general(Step step) {
        int alu = step.ra();
        int op = step.op();
        boolean withFlags = op == Op.ALU_IMM_SC || setsFlags(step);
        boolean logical = Alu.isLogical(alu);
        int y = GuestCode.TEMPORARY;
        secondOperand(step, withFlags && logical);
        code.store(y);
        if (withFlags && !logical) {
            arithmetic(alu, step, y);
        } else {
            combine(alu, step, y);
            if (withFlags) {
                if (!Alu.comparesOnly(alu)) {
                    code.op(DUP);
                }
                flags.setResult();
            }
            if (step.setsStackPointer()) {
                stackPointer(y);
            } else if (!Alu.comparesOnly(alu)) {
                code.set(step.rd());
            } else if (!withFlags) {
                code.op(POP);
            }
        }
    }

    /** Pops the new value of the SP, which leaves the region if it is below its limit. */
    private void stackPointer(int temporary) {
        code.constant(~3);
        code.op(IAND);
        code.store(temporary);
        code.push(Constant.CPU);
        code.load(temporary);
        code.guestOp("stackPointer", "(L" + GuestCode.CPU + ";I)I");
        code.set(GuestCode.SP);
    }

    /** Pushes the second operand; sets the carry flag from the shifter when asked to. */
    private void secondOperand(Step step, boolean withCarry) {
        int op = step.op();
        if (op == Op.ALU_IMM || op == Op.ALU_IMM_S || op == Op.ALU_IMM_SC) {
            code.constant(step.imm());
            if (op == Op.ALU_IMM_SC && withCarry) {
                code.constant(step.imm() >>> 31);
                flags.setCarry();
            }
            return;
        }
        code.get(step.rm());
        if (op == Op.ALU_REG || op == Op.ALU_REG_S) {
            return;
        }
        int type = step.imm() >>> 8;
        int amount = step.imm() & 0xFF;
        int result = GuestCode.TEMPORARY + 1;
        code.store(result);
        code.constant(type);
        code.load(result);
        code.constant(amount);
        if (type == Shift.RRX) {
            flags.pushCarry();
        } else {
            code.constant(0);
        }
        code.call(SHIFT, "value", "(IIII)I");
        if (withCarry) {
            code.constant(type);
            code.load(result);
            code.constant(amount);
            code.constant(0);
            code.call(SHIFT, "carry", "(IIII)I");
            flags.setCarry();
        }
    }

    /** Pushes the result without regard to flags. */
    private void combine(int alu, Step step, int y) {
        code.constant(alu);
        first(alu, step);
        code.load(y);
        if (alu == Alu.ADC || alu == Alu.SBC) {
            flags.pushCarry();
        } else {
            code.constant(0);
        }
        code.call(ALU, "result", "(IIII)I");
    }

    private void first(int alu, Step step) {
        if (Alu.ignoresFirst(alu) || step.rn() == NO_REGISTER) {
            code.constant(0);
        } else {
            code.get(step.rn());
        }
    }

    private void arithmetic(int alu, Step step, int y) {
        switch (alu) {
            case Alu.ADD, Alu.CMN -> {
                first(alu, step);
                code.load(y);
                flags.setOfAdd();
            }
            case Alu.SUB, Alu.CMP -> {
                first(alu, step);
                code.load(y);
                flags.setOfSub();
            }
            case Alu.RSB -> {
                code.load(y);
                first(alu, step);
                flags.setOfSub();
            }
            default -> {
                int x = y + 2;
                int carry = y + 3;
                first(alu, step);
                code.store(x);
                flags.pushCarry();
                code.store(carry);
                code.constant(alu);
                pushAll(x, y, carry);
                code.call(ALU, "result", "(IIII)I");
                flags.setResult();
                code.constant(alu);
                pushAll(x, y, carry);
                code.call(ALU, "carry", "(IIII)I");
                code.setCpu("c");
                code.constant(alu);
                pushAll(x, y, GuestCode.RESULT);
                code.call(ALU, "overflow", "(IIII)I");
                code.setCpu("v");
                flags.stored();
            }
        }
        if (!Alu.comparesOnly(alu)) {
            fromResult(step.rd());
        }
    }
}
