package dev.microvisor.emulator.history;

/**
 * How much to remember.
 *
 * @param intervalInstructions how far apart states are remembered; the price of a step back
 * @param budgetBytes how much memory remembered states may take
 */
public record HistoryOptions(long intervalInstructions, long budgetBytes) {
    public HistoryOptions {
        if (intervalInstructions < 1 || budgetBytes < 1) {
            throw new IllegalArgumentException(intervalInstructions + ", " + budgetBytes);
        }
    }

    /** A state each 250,000 instructions (1.5 ms to replay), 256 MiB. */
    public static HistoryOptions defaults() {
        return new HistoryOptions(250_000, 256L << 20);
    }
}
