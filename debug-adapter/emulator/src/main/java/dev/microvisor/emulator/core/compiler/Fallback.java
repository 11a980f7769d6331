package dev.microvisor.emulator.core.compiler;

/** Executes what no region does. */
public interface Fallback {
    /** Everybody is to return without executing anything more of the guest. */
    int UNWIND = -1;

    /**
     * Executes one instruction or more at the PC, flags where regions leave and expect them.
     *
     * @param left how many instructions may be executed
     * @param refused the region at the PC, if there is one and it has executed nothing; else null
     * @return how many are left, or {@link #UNWIND}
     */
    int execute(int left, CompiledRegion refused);
}
