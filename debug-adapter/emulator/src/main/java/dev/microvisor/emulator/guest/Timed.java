package dev.microvisor.emulator.guest;

/**
 * A part of the machine that acts at instruction numbers of its own choosing.
 *
 * <p>Each part keeps its own due events as plain data, so that they are saved with its state. When
 * several parts are due at one instruction they run in the order in which they were added.
 */
public interface Timed {
    /** No event is due. */
    long NEVER = Long.MAX_VALUE;

    /** Instruction number of the earliest due event, or {@link #NEVER}. */
    long nextEvent();

    /** Runs all events due at or before {@code now}, in order of their due times. */
    void runEvents(long now);
}
