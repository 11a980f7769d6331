package dev.microvisor.emulator.guest;

/** What answers the non-secure-callable functions. */
public interface Hypervisor extends Timed, Stateful<Object> {
    /** First call after the machine was put together; {@code guest} stays the same for life. */
    void attach(Guest guest);

    /**
     * Handles a system call.
     *
     * @param slot index in the non-secure-callable table
     * @return the status for r0
     */
    int call(int slot, int r0, int r1, int r2, int r3);

    /**
     * True when the call of this slot would succeed and do nothing but write the time to an
     * address, as {@link #microsecondsAt} has it, and be kept among the last calls: a program that
     * makes it round after round need not be executed.
     */
    default boolean onlyTellsTime(int slot, int address) {
        return false;
    }

    /** What such a call writes when it is the instruction with this number. */
    default long microsecondsAt(long instruction) {
        throw new IllegalStateException("no call tells the time");
    }

    /**
     * How many of the last calls somebody may ask for: so many are made even if all of them only
     * tell the time.
     */
    default int keptCalls() {
        return 0;
    }

    /** As many such calls have happened without being made. */
    default void callsSkipped(long count) {}

    /** The application crashed: take its resources back and apply the restart policy. */
    void applicationCrashed(StopReason.Fault fault);

    /** The application reset itself, or let a watchdog do so; it restarts after this. */
    default void applicationReset(ResetCause cause) {}

    /** What a register of RCC, in its keeping, holds. */
    default int clockRegister(int address) {
        return 0;
    }

    /** True while something may still wake idle firmware without an event being due. */
    boolean expectsOutsideInput();

    /**
     * The core executes nothing before {@code until}, so time may jump there.
     *
     * @return how far time may go now, more than {@link Guest#now}; less than {@code until} after
     *     real time was let pass because something may come from outside
     */
    default long passIdleTime(long until) {
        return until;
    }

    /** Somebody changed the machine by hand: what came from outside after now counts no more. */
    default void forgetFuture() {}
}
