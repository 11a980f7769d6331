package dev.microvisor.emulator.cloud;

/**
 * When an application that has crashed starts again: the bounds that a bundle's manifest gives
 * ({@code minimum_restart_ms}, {@code maximum_restart_ms}). How Microvisor went from one to the
 * other is not published; here each crash doubles the pause.
 *
 * @param firstMs after the first crash
 * @param longestMs never later than that
 */
public record CrashPolicy(int firstMs, int longestMs) {
    /** Doubling more often than that reaches every pause there can be. */
    private static final int MAX_DOUBLINGS = 30;

    /**
     * From a crash until the start.
     *
     * @param crashes how many have come one after the other, with this one
     */
    public long delayMs(int crashes) {
        return Math.min(longestMs, (long) firstMs << Math.min(crashes - 1, MAX_DOUBLINGS));
    }
}
