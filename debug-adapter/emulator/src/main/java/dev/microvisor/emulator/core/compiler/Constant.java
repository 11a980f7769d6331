package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.FloatOperations;
import dev.microvisor.emulator.core.SpecialRegisters;
import dev.microvisor.emulator.memory.Memory;
import java.lang.constant.ConstantDescs;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a region works on. Each is a static final field of the generated class, so HotSpot knows its
 * address, and the length if it is an array: neither takes a register.
 */
enum Constant implements Opcodes {
    CPU("L" + GuestCode.CPU + ";"),
    MEMORY("L" + GuestCode.MEMORY + ";"),
    /** The table of pages that may be read without a check. */
    READABLE("[I"),
    WRITABLE("[I"),
    /** All of flash and RAM. */
    WORDS("[I"),
    /** S0 to S31. */
    FLOATS("[I"),
    /** R0 to R14. */
    REGISTERS("[I"),
    FLOAT_OPERATIONS("L" + GuestCode.CORE + "FloatOperations;"),
    SPECIAL("L" + GuestCode.CORE + "SpecialRegisters;"),
    ENTRANCES("L" + GuestCode.PACKAGE + "Entrances;");

    private static final String HANDLES = "java/lang/invoke/MethodHandles";
    private static final String LOOKUP = "Ljava/lang/invoke/MethodHandles$Lookup;";
    private static final String OBJECTS = "[Ljava/lang/Object;";

    private final String descriptor;

    Constant(String descriptor) {
        this.descriptor = descriptor;
    }

    /** Pushes it. */
    void push(MethodVisitor mv) {
        mv.visitFieldInsn(GETSTATIC, GuestCode.GENERATED, name(), descriptor);
    }

    /**
     * Declares the fields, and emits what fills them from the class data.
     *
     * @param links how many links there are behind the constants
     */
    static void define(ClassWriter writer, int links) {
        MethodVisitor mv = writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
        mv.visitCode();
        mv.visitMethodInsn(INVOKESTATIC, HANDLES, "lookup", "()" + LOOKUP, false);
        mv.visitLdcInsn(ConstantDescs.DEFAULT_NAME);
        mv.visitLdcInsn(Type.getType(OBJECTS));
        mv.visitMethodInsn(
                INVOKESTATIC,
                HANDLES,
                "classData",
                "(" + LOOKUP + "Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
                false);
        mv.visitTypeInsn(CHECKCAST, OBJECTS);
        mv.visitVarInsn(ASTORE, 0);
        for (Constant constant : values()) {
            String name = constant.name();
            String descriptor = constant.descriptor;
            writer.visitField(ACC_STATIC | ACC_FINAL, name, descriptor, null, null).visitEnd();
            mv.visitVarInsn(ALOAD, 0);
            mv.visitIntInsn(BIPUSH, constant.ordinal());
            mv.visitInsn(AALOAD);
            mv.visitTypeInsn(CHECKCAST, Type.getType(descriptor).getInternalName());
            mv.visitFieldInsn(PUTSTATIC, GuestCode.GENERATED, name, descriptor);
        }
        for (int i = 0; i < links; i++) {
            mv.visitVarInsn(ALOAD, 0);
            mv.visitIntInsn(BIPUSH, values().length + i);
            mv.visitInsn(AALOAD);
            SubroutineCode.declareLink(writer, mv, i);
        }
        mv.visitInsn(RETURN);
        mv.visitMaxs(0, 0);
        mv.visitEnd();
    }

    /** The values, in the order of this enumeration. */
    static Object[] values(
            CpuState cpu, Memory memory, FloatOperations floats, Entrances entrances) {
        return new Object[] {
            cpu,
            memory,
            memory.readableTable(),
            memory.writableTable(),
            memory.words(),
            cpu.s,
            cpu.r,
            floats,
            new SpecialRegisters(cpu),
            entrances
        };
    }
}
