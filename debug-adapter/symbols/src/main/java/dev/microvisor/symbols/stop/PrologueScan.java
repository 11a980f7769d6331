package dev.microvisor.symbols.stop;

/** Finds the end of a prologue from the instructions alone. */
public interface PrologueScan {
    /** The first address from {@code start} on that does not set up a frame. */
    long endOfPrologue(long start, long end);
}
