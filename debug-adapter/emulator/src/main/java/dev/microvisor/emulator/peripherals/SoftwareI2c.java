package dev.microvisor.emulator.peripherals;

import java.util.Optional;

/**
 * Notices an I2C bus that firmware moves by itself, at two open-drain outputs: a start (SDA falls,
 * then SCL), and nine clocks during which SDA moves only while SCL is low, the last with SDA
 * released for the acknowledgement. No device answers there, and that is to be said. Mutable;
 * belongs to the thread that runs the machine. It only warns, so it is no part of the machine's
 * state.
 */
final class SoftwareI2c {
    /** Eight bits and the acknowledgement. */
    private static final int CLOCKS = 9;

    private String clock = "";
    private String data = "";
    private boolean clockHigh;
    private boolean dataHigh;
    private int clocks;

    /** The pin that fell last, which may have been the data line at a start. */
    private String fallen = "";

    /** The two lines of a bus. */
    record Lines(String clock, String data) {}

    /**
     * An open-drain output has changed.
     *
     * @return the bus on which a byte has gone with that
     */
    Optional<Lines> changed(String pin, boolean high) {
        if (pin.equals(clock)) {
            clockHigh = high;
            clocks += high ? 1 : 0;
            return high && clocks == CLOCKS && dataHigh
                    ? Optional.of(new Lines(clock, data))
                    : Optional.empty();
        }
        if (pin.equals(data)) {
            dataHigh = high;
            // While the clock is high the data line moves for a start or a stop only.
            clocks = clockHigh ? 0 : clocks;
            return Optional.empty();
        }
        if (!high && !fallen.isEmpty() && !fallen.equals(pin)) {
            clock = pin;
            data = fallen;
            clockHigh = false;
            dataHigh = false;
            clocks = 0;
        }
        fallen = high ? "" : pin;
        return Optional.empty();
    }
}
