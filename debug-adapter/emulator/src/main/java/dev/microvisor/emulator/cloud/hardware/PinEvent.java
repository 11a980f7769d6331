package dev.microvisor.emulator.cloud.hardware;

/**
 * A change of the level at an input.
 *
 * @param input a pin such as {@code PB11}, or a timer's input such as {@code TIM2_CH1}
 */
public record PinEvent(String input, Level level, Schedule when) {
    /** What the level becomes. */
    public enum Level {
        HIGH,
        LOW,
        TOGGLE
    }
}
