package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.FloatOperations;
import dev.microvisor.emulator.memory.Memory;
import java.util.Set;

/** Compiled guest code; subclasses are generated. */
public abstract class CompiledRegion {
    /** Bits of {@link #leaveNotes} that hold the IT state. */
    private static final int IT_BITS = 0xFF;

    /** Address of each instruction at which the region may be left. */
    private int[] leaveAddresses;

    /** For the same instructions: IT state, and how many of the block count as executed. */
    private int[] leaveNotes;

    private RegionPlan plan;
    private FloatOperations floats;
    private int instructions;
    private boolean discarded;

    final void complete(
            RegionPlan newPlan, int[] addresses, int[] notes, FloatOperations newFloats) {
        plan = newPlan;
        instructions = newPlan.instructions();
        leaveAddresses = addresses;
        leaveNotes = notes;
        floats = newFloats;
    }

    static int leaveNote(int executed, int it) {
        return executed << 8 | it;
    }

    /**
     * Executes from the PC, which must be one of the region's entries, outside an IT block.
     *
     * @param left how many instructions may be executed; at least {@link #instructions}
     * @return how many are left; when it is as many as before, the instruction at the PC is one for
     *     the interpreter
     */
    public abstract int run(CpuState cpu, Memory memory, int left);

    /** Upper bound of what is executed between two looks at the number left. */
    public final int instructions() {
        return instructions;
    }

    /** Addresses at which it may be entered. */
    public final Set<Integer> entries() {
        return plan.entries();
    }

    /** What it was made from. */
    final RegionPlan plan() {
        return plan;
    }

    /** True when its code has changed and it must not be run any more. */
    public final boolean isDiscarded() {
        return discarded;
    }

    final void discard() {
        discarded = true;
    }

    // ---------------------------------------------------------------- for the generated code

    protected final FloatOperations floats() {
        return floats;
    }

    /** Leaves in the middle of a block; returns how many of its instructions were executed. */
    protected final int leave(CpuState cpu, int point) {
        cpu.pc = leaveAddresses[point];
        int note = leaveNotes[point];
        cpu.it = note & IT_BITS;
        return note >> 8;
    }
}
