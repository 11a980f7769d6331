package dev.microvisor.lsp.diagnostics;

/**
 * How long to wait for more typing: in proportion to what the work took lately, so that a slow file
 * is analysed seldom and a fast one at once. Not safe for several threads; its worker guards it.
 */
final class AdaptiveDelay {
    /** Share of the newest measurement in the average. */
    private static final double NEWEST = 0.3;

    private final long minMs;
    private final long maxMs;
    private final double factor;
    private double averageMs;

    AdaptiveDelay(long minMs, long maxMs, double factor) {
        this.minMs = minMs;
        this.maxMs = maxMs;
        this.factor = factor;
    }

    void took(long workMs) {
        averageMs = averageMs == 0 ? workMs : NEWEST * workMs + (1 - NEWEST) * averageMs;
    }

    long delayMs() {
        return Math.max(minMs, Math.min(maxMs, Math.round(factor * averageMs)));
    }
}
