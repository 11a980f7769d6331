package dev.microvisor.emulator.cloud.hardware;

import java.util.Map;

/**
 * A device with registers, as most sensors and memories are: a transfer first writes the number of
 * a register, high byte first, then writes or reads registers from there on.
 *
 * @param bus such as {@code I2C1}
 * @param address 7 bits
 * @param registerBytes how many bytes a register's number has, 0 to 2
 * @param registers values by number; others read as 0xFF
 */
public record I2cDevice(
        String bus, int address, int registerBytes, Map<Integer, Integer> registers) {
    public I2cDevice {
        registers = Map.copyOf(registers);
    }
}
