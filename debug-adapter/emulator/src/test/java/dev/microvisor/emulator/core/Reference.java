package dev.microvisor.emulator.core;

import java.util.Set;

/** What random code is to be compared with, which limits what may be in it. */
enum Reference {
    /** The interpreter beside the compiler: nothing is left out. */
    OURSELVES(Set.of(), false),

    /**
     * It runs the secure side, which TT and the special registers show, and its exclusive stores
     * compare values where a Cortex-M33 has one flag.
     */
    QEMU(Set.of(Op.TT, Op.MRS, Op.STREX, Op.STREXB, Op.STREXH), true),

    /**
     * Unicorn 2.0.1 takes no exceptions. Beside what QEMU does, it stops at YIELD, forgets the IT
     * block at a barrier, converts fixed-point numbers in the rounding mode of FPSCR instead of to
     * the nearest, and lets SP be no multiple of 4.
     */
    UNICORN(
            InstructionPool.union(
                    QEMU.excluded,
                    Set.of(Op.NOP, Op.BARRIER, Op.VCVT_FIXED_TO_FLOAT, Op.ADD_SP_IMM)),
            false);

    private final Set<Integer> excluded;
    private final boolean takesFaults;

    Reference(Set<Integer> excluded, boolean takesFaults) {
        this.excluded = excluded;
        this.takesFaults = takesFaults;
    }

    /** Operations that cannot be compared. */
    Set<Integer> excluded() {
        return excluded;
    }

    boolean takesFaults() {
        return takesFaults;
    }
}
