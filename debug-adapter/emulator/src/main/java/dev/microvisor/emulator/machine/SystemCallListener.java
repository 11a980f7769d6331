package dev.microvisor.emulator.machine;

/** Sees every system call, for traces and debuggers. Must not change the machine. */
public interface SystemCallListener {
    /** Before the hypervisor handles a call. */
    void before(Call call);

    /**
     * After it.
     *
     * @param status what the firmware gets in r0
     */
    void after(Call call, int status);

    /**
     * False for who need not hear of each call that only tells the time to a loop that waits for
     * it: such loops are jumped over then, all but their last calls.
     */
    default boolean hearsOfTime() {
        return true;
    }

    /**
     * Calls of a waiting loop, from one place, that only told the time and were jumped over: they
     * count as made.
     *
     * @param callSite address after the branch, as of a {@link Call}
     */
    default void jumpedOver(int slot, int callSite, long count) {}

    /**
     * One call.
     *
     * @param instruction number of the instruction that makes it
     * @param slot index in the non-secure-callable table
     * @param callSite address after the branch, where the firmware goes on
     */
    record Call(long instruction, int slot, int r0, int r1, int r2, int r3, int callSite) {}
}
