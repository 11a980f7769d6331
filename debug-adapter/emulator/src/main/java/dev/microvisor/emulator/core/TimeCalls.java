package dev.microvisor.emulator.core;

/** What the processor has to know about the system call that tells the time. */
public interface TimeCalls {
    /** There is no such call. */
    TimeCalls NONE =
            new TimeCalls() {
                @Override
                public boolean isAtCall() {
                    return false;
                }

                @Override
                public long microsecondsAt(long instruction) {
                    throw new IllegalStateException("no call tells the time");
                }

                @Override
                public int kept() {
                    throw new IllegalStateException("no call tells the time");
                }

                @Override
                public void skipped(long calls) {
                    throw new IllegalStateException("no call tells the time");
                }
            };

    /**
     * True when the PC is at a call that will succeed and do nothing but write the time, as 64
     * bits, to the address in r0; and nobody but those who look at the last {@link #kept} calls
     * wants to know of it.
     */
    boolean isAtCall();

    /** How many of the last calls are kept for those who look at them. */
    int kept();

    /** What the call writes that is the instruction with this number. */
    long microsecondsAt(long instruction);

    /** As many such calls as the one that the PC is at have happened without being made. */
    void skipped(long calls);
}
