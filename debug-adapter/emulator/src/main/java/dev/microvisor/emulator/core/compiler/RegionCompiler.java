package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.FloatOperations;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the class of a region and loads it as a hidden class, which is unloaded when nobody refers
 * to its one object any more.
 */
final class RegionCompiler implements Opcodes {
    /** HotSpot compiles no method with more bytecode; some room is left. */
    static final int MAX_BYTECODE = 7900;

    /** Larger regions do not run faster. */
    private static final int MAX_INSTRUCTIONS = 48;

    private static final int MIN_INSTRUCTIONS = 10;
    private static final String NAME = GuestCode.PACKAGE + "GuestRegion";
    private static final String RUN_DESCRIPTOR =
            "(L" + GuestCode.CPU + ";L" + GuestCode.MEMORY + ";I)I";

    private final CodeSource source;
    private final FloatOperations floats;
    private int largestBytecode;

    RegionCompiler(CodeSource source, FloatOperations floats) {
        this.source = source;
        this.floats = floats;
    }

    /** Size of the largest method made so far. */
    int largestBytecode() {
        return largestBytecode;
    }

    /** Compiles the region from an address; empty when its first instruction cannot be. */
    Optional<CompiledRegion> compile(int start) {
        for (int limit = MAX_INSTRUCTIONS; limit >= MIN_INSTRUCTIONS; limit /= 2) {
            Optional<RegionPlan> plan = RegionPlanner.plan(source, start, limit);
            if (plan.isEmpty()) {
                return Optional.empty();
            }
            CompiledRegion region = compile(plan.get());
            if (region != null) {
                return Optional.of(region);
            }
        }
        return Optional.empty();
    }

    /** Null when the method would be too long. */
    private CompiledRegion compile(RegionPlan plan) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_FINAL | ACC_SUPER, NAME, null, GuestCode.REGION, null);
        emitConstructor(writer);
        MethodVisitor mv = writer.visitMethod(ACC_PUBLIC, "run", RUN_DESCRIPTOR, null, null);
        mv.visitCode();
        RegionCode code = new RegionCode(mv, plan, RegionCode.dryRun(plan));
        Label end = code.emit();
        mv.visitMaxs(0, 0);
        mv.visitEnd();
        if (end.getOffset() > MAX_BYTECODE) {
            return null;
        }
        largestBytecode = Math.max(largestBytecode, end.getOffset());
        writer.visitEnd();
        CompiledRegion region = instantiate(writer.toByteArray());
        region.complete(plan, code.leaveAddresses(), code.leaveNotes(), floats);
        return region;
    }

    private static void emitConstructor(ClassWriter writer) {
        MethodVisitor mv = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        mv.visitCode();
        mv.visitVarInsn(ALOAD, 0);
        mv.visitMethodInsn(INVOKESPECIAL, GuestCode.REGION, "<init>", "()V", false);
        mv.visitInsn(RETURN);
        mv.visitMaxs(0, 0);
        mv.visitEnd();
    }

    private static CompiledRegion instantiate(byte[] bytes) {
        try {
            Class<?> type = MethodHandles.lookup().defineHiddenClass(bytes, false).lookupClass();
            return (CompiledRegion) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated class of " + CpuState.class, e);
        }
    }
}
