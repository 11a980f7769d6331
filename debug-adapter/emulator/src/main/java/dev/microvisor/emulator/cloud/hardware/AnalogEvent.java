package dev.microvisor.emulator.cloud.hardware;

/**
 * The voltage at a channel of a converter from a time on.
 *
 * @param converter {@code ADC1} or {@code ADC4}
 */
public record AnalogEvent(String converter, int channel, int millivolts, Schedule when) {
    /** What converts to the largest number. */
    public static final int REFERENCE_MILLIVOLTS = 3300;
}
