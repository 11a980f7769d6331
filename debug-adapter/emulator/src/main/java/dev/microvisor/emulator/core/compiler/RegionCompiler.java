package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.FloatOperations;
import dev.microvisor.emulator.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
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
    private static final String RUN_DESCRIPTOR = "(II)I";

    private final CodeSource source;
    private final Entrances entrances;

    /** Where regions begin. */
    private final IntPredicate known;

    /** What all regions work on. */
    private final Object[] constants;

    private int largestBytecode;

    /**
     * @param constants as {@link Constant#values(CpuState, Memory, FloatOperations, Entrances)}
     *     gives them
     */
    RegionCompiler(CodeSource source, Entrances entrances, IntPredicate known, Object[] constants) {
        this.source = source;
        this.entrances = entrances;
        this.known = known;
        this.constants = constants;
    }

    /** Size of the largest method made so far. */
    int largestBytecode() {
        return largestBytecode;
    }

    /** Compiles the region from an address; empty when its first instruction cannot be. */
    Optional<CompiledRegion> compile(int start) {
        for (int limit = MAX_INSTRUCTIONS; limit >= MIN_INSTRUCTIONS; limit /= 2) {
            Optional<RegionPlan> plan = RegionPlanner.plan(source, known, start, limit);
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
        writer.visit(V17, ACC_FINAL | ACC_SUPER, GuestCode.GENERATED, null, GuestCode.REGION, null);
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
        List<Integer> targets = code.callTargets();
        Constant.define(writer, targets.size());
        writer.visitEnd();
        Object[] classData = Arrays.copyOf(constants, constants.length + targets.size());
        for (int i = 0; i < targets.size(); i++) {
            classData[constants.length + i] = entrances.link(targets.get(i));
        }
        CompiledRegion region = instantiate(writer.toByteArray(), classData);
        region.complete(plan, code.leaveAddresses(), code.leaveNotes());
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

    private CompiledRegion instantiate(byte[] bytes, Object[] classData) {
        try {
            Class<?> type =
                    MethodHandles.lookup()
                            .defineHiddenClassWithClassData(bytes, classData, true)
                            .lookupClass();
            return (CompiledRegion) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated class of " + CpuState.class, e);
        }
    }
}
