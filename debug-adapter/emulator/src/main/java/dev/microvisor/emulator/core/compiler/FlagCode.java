package dev.microvisor.emulator.core.compiler;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Emits flags. N and Z are result words as in the interpreter; carry and overflow of an addition or
 * subtraction are computed only where they are needed, from its operands. Which of these a place
 * has is known here as far as possible, and always in a variable of the generated code.
 */
final class FlagCode implements Opcodes {
    private static final String ALU = GuestCode.CORE + "Alu";
    private static final int UNKNOWN = -1;

    /** The fourteen conditions; bit 0 negates. */
    private static final int EQ = 0;

    private static final int CS = 2;
    private static final int MI = 4;
    private static final int VS = 6;
    private static final int HI = 8;
    private static final int GE = 10;
    private static final int GT = 12;

    private final GuestCode code;
    private int kind = UNKNOWN;

    /** True while N and Z are those of the subtraction in the pair, too. */
    private boolean comparable;

    FlagCode(GuestCode code) {
        this.code = code;
    }

    /** What is known about the flags, to be carried to a block. */
    record Knowledge(int kind, boolean comparable) {
        static final Knowledge NOTHING = new Knowledge(UNKNOWN, false);
    }

    Knowledge knowledge() {
        return new Knowledge(kind, comparable);
    }

    void begin(Knowledge knowledge) {
        kind = knowledge.kind();
        comparable = knowledge.comparable();
    }

    /** After an instruction that may not have been executed. */
    void forget() {
        begin(Knowledge.NOTHING);
    }

    // ---------------------------------------------------------------- setting

    /** Pops y and x: all flags become those of x - y. */
    void setOfSub() {
        pair(GuestOps.OF_SUB);
        code.op(ISUB);
        setResult();
        comparable = true;
    }

    /** Pops y and x: all flags become those of x + y. */
    void setOfAdd() {
        pair(GuestOps.OF_ADD);
        code.op(IADD);
        setResult();
    }

    private void pair(int newKind) {
        code.flagsUsed();
        code.store(GuestCode.FLAG_Y);
        code.store(GuestCode.FLAG_X);
        setKind(newKind);
        code.load(GuestCode.FLAG_X);
        code.load(GuestCode.FLAG_Y);
    }

    private void setKind(int newKind) {
        kind = newKind;
        code.constant(newKind);
        code.store(GuestCode.FLAG_KIND);
    }

    /** Pops the result that N and Z come from. */
    void setResult() {
        code.flagsUsed();
        code.op(DUP);
        code.store(GuestCode.N);
        code.store(GuestCode.Z);
        comparable = false;
    }

    /** Pops the carry flag; overflow stays. */
    void setCarry() {
        code.flagsUsed();
        code.store(GuestCode.C);
        comparable = false;
        switch (kind) {
            case GuestOps.OF_SUB -> setKind(GuestOps.CARRY_STORED_SUB);
            case GuestOps.OF_ADD -> setKind(GuestOps.CARRY_STORED_ADD);
            case UNKNOWN -> {
                code.load(GuestCode.FLAG_KIND);
                code.guestOp("carryStored", "(I)I");
                code.store(GuestCode.FLAG_KIND);
            }
            default -> {
                // Carry was in its variable already.
            }
        }
    }

    /** Says that carry and overflow have just been put into their variables. */
    void stored() {
        code.flagsUsed();
        comparable = false;
        setKind(GuestOps.STORED);
    }

    // ---------------------------------------------------------------- reading

    void pushCarry() {
        code.flagsUsed();
        switch (kind) {
            case GuestOps.OF_SUB -> {
                pushPair();
                code.call(ALU, "carryOfSub", "(II)I");
            }
            case GuestOps.OF_ADD -> {
                code.load(GuestCode.FLAG_X);
                pushPair();
                code.op(IADD);
                code.call(ALU, "carryOfAdd", "(II)I");
            }
            case UNKNOWN -> pushUnknown("carry", GuestCode.C);
            default -> code.load(GuestCode.C);
        }
    }

    void pushOverflow() {
        code.flagsUsed();
        switch (kind) {
            case GuestOps.STORED -> code.load(GuestCode.V);
            case UNKNOWN -> pushUnknown("overflow", GuestCode.V);
            default -> {
                boolean sub = kind == GuestOps.OF_SUB || kind == GuestOps.CARRY_STORED_SUB;
                pushPair();
                pushPair();
                code.op(sub ? ISUB : IADD);
                code.call(ALU, sub ? "overflowOfSub" : "overflowOfAdd", "(III)I");
            }
        }
    }

    private void pushUnknown(String function, int variable) {
        code.load(GuestCode.FLAG_KIND);
        code.load(variable);
        pushPair();
        code.guestOp(function, "(IIII)I");
    }

    private void pushPair() {
        code.load(GuestCode.FLAG_X);
        code.load(GuestCode.FLAG_Y);
    }

    /** Writes all flags to the CPU. */
    void spill() {
        code.putCpu("n", GuestCode.N);
        code.putCpu("z", GuestCode.Z);
        code.loadObject(GuestCode.CPU_VARIABLE);
        pushCarry();
        code.mv().visitFieldInsn(PUTFIELD, GuestCode.CPU, "c", "I");
        code.loadObject(GuestCode.CPU_VARIABLE);
        pushOverflow();
        code.mv().visitFieldInsn(PUTFIELD, GuestCode.CPU, "v", "I");
    }

    // ---------------------------------------------------------------- conditions

    /** Jumps when a condition of the manual's numbering holds. */
    void jumpIf(int condition, Label label) {
        code.flagsUsed();
        boolean negated = (condition & 1) != 0;
        int base = condition & ~1;
        if (comparable && kind == GuestOps.OF_SUB && base != VS && base != MI) {
            jumpComparing(condition, label);
            return;
        }
        switch (base) {
            case EQ -> {
                code.load(GuestCode.Z);
                code.jump(negated ? IFNE : IFEQ, label);
            }
            case CS -> {
                pushCarry();
                code.jump(negated ? IFEQ : IFNE, label);
            }
            case MI -> {
                code.load(GuestCode.N);
                code.jump(negated ? IFGE : IFLT, label);
            }
            case VS -> {
                pushOverflow();
                code.jump(negated ? IFGE : IFLT, label);
            }
            case HI -> {
                pushCarry();
                code.load(GuestCode.Z);
                code.guestOp("isHigher", "(II)Z");
                code.jump(negated ? IFEQ : IFNE, label);
            }
            case GE -> {
                code.load(GuestCode.N);
                pushOverflow();
                code.op(IXOR);
                code.jump(negated ? IFLT : IFGE, label);
            }
            case GT -> {
                code.load(GuestCode.N);
                code.load(GuestCode.Z);
                pushOverflow();
                code.guestOp("isGreater", "(III)Z");
                code.jump(negated ? IFEQ : IFNE, label);
            }
            default -> code.jump(GOTO, label);
        }
    }

    /** The condition straight from the two numbers that were compared. */
    private void jumpComparing(int condition, Label label) {
        boolean negated = (condition & 1) != 0;
        pushPair();
        switch (condition & ~1) {
            case EQ -> code.jump(negated ? IF_ICMPNE : IF_ICMPEQ, label);
            case GE -> code.jump(negated ? IF_ICMPLT : IF_ICMPGE, label);
            case GT -> code.jump(negated ? IF_ICMPLE : IF_ICMPGT, label);
            case CS -> {
                code.call("java/lang/Integer", "compareUnsigned", "(II)I");
                code.jump(negated ? IFLT : IFGE, label);
            }
            default -> {
                code.call("java/lang/Integer", "compareUnsigned", "(II)I");
                code.jump(negated ? IFLE : IFGT, label);
            }
        }
    }
}
