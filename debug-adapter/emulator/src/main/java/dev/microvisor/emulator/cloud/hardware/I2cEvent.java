package dev.microvisor.emulator.cloud.hardware;

import java.util.Map;

/**
 * A change of a device on an I2C bus.
 *
 * @param present false: from now on the device answers its address with NACK
 * @param registers that get new values
 */
public record I2cEvent(
        String bus, int address, boolean present, Map<Integer, Integer> registers, Schedule when) {
    public I2cEvent {
        registers = Map.copyOf(registers);
    }
}
