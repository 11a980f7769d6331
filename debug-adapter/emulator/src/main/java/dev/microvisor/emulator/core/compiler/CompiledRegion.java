package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.memory.Protection;
import java.util.Set;
import java.util.function.IntPredicate;

/** Compiled guest code; subclasses are generated. */
public abstract class CompiledRegion {
    /** Bits of {@link #leaveNotes} that hold the IT state. */
    private static final int IT_BITS = 0xFF;

    /** Address of each instruction at which the region may be left. */
    private int[] leaveAddresses;

    /** For the same instructions: IT state, and how many of the block count as executed. */
    private int[] leaveNotes;

    private RegionPlan plan;
    private int start;
    private int instructions;
    private boolean discarded;

    final void complete(RegionPlan newPlan, int[] addresses, int[] notes) {
        plan = newPlan;
        start = newPlan.start();
        instructions = newPlan.longestFrom(0);
        leaveAddresses = addresses;
        leaveNotes = notes;
    }

    static int leaveNote(int executed, int it) {
        return executed << 8 | it;
    }

    /**
     * Executes from {@link #start}, where the PC must be, outside an IT block. The flags are where
     * {@link #flagsFromCpu} puts them, before and afterwards.
     *
     * @param left how many instructions may be executed; with fewer than {@link #instructions}
     *     nothing is done
     * @param depth of calls inside each other
     * @return how many are left; when it is as many as before, the instruction at the PC is one for
     *     the interpreter
     */
    public abstract int run(int left, int depth);

    /** Puts the flags where regions expect them; N and Z must not both be set. */
    public static void flagsFromCpu(CpuState cpu) {
        cpu.flagKind = GuestOps.STORED;
        cpu.flagResult = GuestOps.resultOf(cpu.n, cpu.z);
    }

    /** Puts the flags back from where regions leave them. */
    public static void flagsToCpu(CpuState cpu) {
        int kind = cpu.flagKind;
        int x = cpu.flagX;
        int y = cpu.flagY;
        cpu.n = GuestOps.result(kind, cpu.flagResult, x, y);
        cpu.z = cpu.n;
        cpu.c = GuestOps.carry(kind, cpu.c, x, y);
        cpu.v = GuestOps.overflow(kind, cpu.v, x, y);
    }

    /** Upper bound of what is executed between two looks at the number left. */
    public final int instructions() {
        return instructions;
    }

    /** Address at which it is entered. */
    public final int start() {
        return start;
    }

    /** Takes rows of instructions, each by the addresses of its first and its last byte. */
    @FunctionalInterface
    public interface RowConsumer {
        void row(int from, int to);
    }

    /** All instructions that may be executed in it, in rows. */
    public final void forEachRow(RowConsumer consumer) {
        for (Block block : plan.blocks()) {
            consumer.row(block.address(), block.next() - 1);
        }
    }

    /**
     * True when all of it may be executed.
     *
     * @param mayExecute answers for the first address of a granule of the MPU
     */
    public final boolean isAllowed(IntPredicate mayExecute) {
        for (Block block : plan.blocks()) {
            int first = block.address() & -Protection.GRANULE;
            for (int at = first; at < block.next(); at += Protection.GRANULE) {
                if (!mayExecute.test(at)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Where the calls that it makes return to. */
    public final Set<Integer> returns() {
        return plan.returns();
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

    /** Leaves in the middle of a block; returns how many of its instructions were executed. */
    protected final int leave(CpuState cpu, int point) {
        cpu.pc = leaveAddresses[point];
        int note = leaveNotes[point];
        cpu.it = note & IT_BITS;
        return note >> 8;
    }
}
