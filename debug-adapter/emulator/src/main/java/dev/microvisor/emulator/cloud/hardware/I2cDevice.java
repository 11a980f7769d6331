package dev.microvisor.emulator.cloud.hardware;

import java.util.Map;

/**
 * A device on an I2C bus.
 *
 * @param bus such as {@code I2C1}
 * @param address 7 bits, or 10 with {@link #TEN_BITS} set
 * @param model what it does
 * @param measured what it measures at first, in the units of the quantities
 */
public record I2cDevice(String bus, int address, I2cModel model, Map<String, Double> measured) {
    /** Set in addresses of 10 bits, which may be the same numbers as those of 7. */
    public static final int TEN_BITS = 1 << 15;

    public I2cDevice {
        measured = Map.copyOf(measured);
    }
}
