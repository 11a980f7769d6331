package dev.microvisor.emulator.core.compiler;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The method being generated: where guest registers live among the JVM's local variables, and the
 * few bytecodes that all emitters write.
 */
final class GuestCode implements Opcodes {
    static final String PACKAGE = "dev/microvisor/emulator/core/compiler/";
    static final String CORE = "dev/microvisor/emulator/core/";
    static final String CPU = CORE + "CpuState";
    static final String MEMORY = "dev/microvisor/emulator/memory/Memory";
    static final String PAGE_ACCESS = "dev/microvisor/emulator/memory/PageAccess";
    static final String GUEST_OPS = PACKAGE + "GuestOps";
    static final String REGION = PACKAGE + "CompiledRegion";

    static final int SP = 13;
    static final int LR = 14;
    private static final int REGISTERS = 15;

    /** Name of the class being generated. */
    static final String GENERATED = PACKAGE + "GuestRegion";

    // Local variables: 0 this, 1 instructions left, 2 depth of calls.
    static final int LEFT = 1;
    static final int DEPTH = 2;
    private static final int R0 = 3;

    /** What N and Z come from. */
    static final int RESULT = R0 + REGISTERS;

    /** Operands of the addition or subtraction that set the flags. */
    static final int FLAG_X = RESULT + 1;

    static final int FLAG_Y = RESULT + 2;

    /** Where the flags are, as {@link GuestOps} numbers it. */
    static final int FLAG_KIND = RESULT + 3;

    /** Number of the instruction at which the region might be left. */
    static final int POINT = RESULT + 4;

    static final int PC = RESULT + 5;

    /** The region to go on with, or null. */
    static final int NEXT = RESULT + 6;

    /** From here on: within one instruction. */
    static final int TEMPORARY = RESULT + 7;

    private final MethodVisitor mv;
    private final Object[] frame;

    /** Guest registers that live in local variables; the others stay in the CPU's array. */
    private final int locals;

    private int writtenRegisters;

    /**
     * @param locals guest registers that live in local variables
     */
    GuestCode(MethodVisitor mv, int locals) {
        this.locals = locals;
        this.mv = mv;
        this.frame = new Object[TEMPORARY];
        frame[0] = REGION;
        frame[LEFT] = INTEGER;
        frame[DEPTH] = INTEGER;
        for (int i = 0; i < REGISTERS; i++) {
            frame[R0 + i] = (locals >>> i & 1) != 0 ? INTEGER : TOP;
        }
        for (int i = RESULT; i <= PC; i++) {
            frame[i] = INTEGER;
        }
        frame[NEXT] = REGION;
    }

    MethodVisitor mv() {
        return mv;
    }

    int writtenRegisters() {
        return writtenRegisters;
    }

    // ---------------------------------------------------------------- variables

    private boolean isLocal(int register) {
        return (locals >>> register & 1) != 0;
    }

    /** Pushes a guest register. */
    void get(int register) {
        if (isLocal(register)) {
            mv.visitVarInsn(ILOAD, R0 + register);
        } else {
            push(Constant.REGISTERS);
            constant(register);
            op(IALOAD);
        }
    }

    /** Pops into a guest register. */
    void set(int register) {
        if (isLocal(register)) {
            writtenRegisters |= 1 << register;
            mv.visitVarInsn(ISTORE, R0 + register);
        } else {
            push(Constant.REGISTERS);
            op(SWAP);
            constant(register);
            op(SWAP);
            op(IASTORE);
        }
    }

    void load(int variable) {
        mv.visitVarInsn(ILOAD, variable);
    }

    void store(int variable) {
        mv.visitVarInsn(ISTORE, variable);
    }

    void storeObject(int variable) {
        mv.visitVarInsn(ASTORE, variable);
    }

    void loadObject(int variable) {
        mv.visitVarInsn(ALOAD, variable);
    }

    /** Pushes the region itself. */
    void pushThis() {
        mv.visitVarInsn(ALOAD, 0);
    }

    /** Pushes what the region works on. */
    void push(Constant constant) {
        constant.push(mv);
    }

    // ---------------------------------------------------------------- bytecodes

    void constant(int value) {
        if (value >= -1 && value <= 5) {
            mv.visitInsn(ICONST_0 + value);
        } else if (value == (byte) value) {
            mv.visitIntInsn(BIPUSH, value);
        } else if (value == (short) value) {
            mv.visitIntInsn(SIPUSH, value);
        } else {
            mv.visitLdcInsn(value);
        }
    }

    void op(int opcode) {
        mv.visitInsn(opcode);
    }

    /** Adds a constant to the top of the stack. */
    void plus(int value) {
        if (value != 0) {
            constant(value);
            op(IADD);
        }
    }

    void call(String owner, String method, String descriptor) {
        mv.visitMethodInsn(INVOKESTATIC, owner, method, descriptor, false);
    }

    void guestOp(String method, String descriptor) {
        call(GUEST_OPS, method, descriptor);
    }

    void jump(int opcode, Label label) {
        mv.visitJumpInsn(opcode, label);
    }

    /** Places a label that is jumped to with an empty stack. */
    void place(Label label) {
        mv.visitLabel(label);
        mv.visitFrame(F_NEW, frame.length, frame, 0, null);
        // Two frames must not describe the same place.
        op(NOP);
    }

    /** Places a label with nothing in the variables but the arguments. */
    void placeBegin(Label label) {
        mv.visitLabel(label);
        mv.visitFrame(F_NEW, 3, new Object[] {REGION, INTEGER, INTEGER}, 0, null);
    }

    /** Places a label where an exception is on the stack. */
    void placeHandler(Label label, String exception) {
        mv.visitLabel(label);
        mv.visitFrame(F_NEW, frame.length, frame, 1, new Object[] {exception});
    }

    void getCpu(String field) {
        push(Constant.CPU);
        mv.visitFieldInsn(GETFIELD, CPU, field, "I");
    }

    /** Pops into a field of the CPU. */
    void setCpu(String field) {
        push(Constant.CPU);
        op(SWAP);
        mv.visitFieldInsn(PUTFIELD, CPU, field, "I");
    }

    /** Writes a variable to a field of the CPU. */
    void putCpu(String field, int variable) {
        push(Constant.CPU);
        load(variable);
        mv.visitFieldInsn(PUTFIELD, CPU, field, "I");
    }

    /** Reads a guest register from the CPU's array. */
    void fetchRegister(int register) {
        push(Constant.REGISTERS);
        constant(register);
        op(IALOAD);
        store(R0 + register);
    }

    /** Writes a guest register to the CPU's array. */
    void spillRegister(int register) {
        push(Constant.REGISTERS);
        constant(register);
        load(R0 + register);
        op(IASTORE);
    }

    /** Makes a guest register's value in the CPU's array the right one, for a call. */
    void spill(int register) {
        if (isLocal(register)) {
            spillRegister(register);
        }
    }

    /** Takes a guest register's value from the CPU's array, after a call. */
    void reload(int register) {
        if (isLocal(register)) {
            writtenRegisters |= 1 << register;
            fetchRegister(register);
        }
    }
}
