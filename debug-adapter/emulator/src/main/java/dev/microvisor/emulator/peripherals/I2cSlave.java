package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.cloud.hardware.I2cDevice;
import java.util.Map;
import java.util.TreeMap;

/**
 * A device with registers on an I2C bus, at one instant.
 *
 * @param present false: it answers its address with NACK
 * @param registerBytes how many bytes a register's number has
 * @param numberBytesSeen of the transfer that goes on
 * @param register the next one to be written or read
 * @param values of registers; others read as 0xFF
 */
record I2cSlave(
        boolean present,
        int registerBytes,
        int numberBytesSeen,
        int register,
        Map<Integer, Integer> values) {
    /** Registers that a device may have, and so values that it may remember. */
    private static final int REGISTERS = 1 << 16;

    private static final int EMPTY = 0xFF;

    I2cSlave {
        values = Map.copyOf(values);
    }

    static I2cSlave of(I2cDevice device) {
        return new I2cSlave(true, device.registerBytes(), 0, 0, device.registers());
    }

    /** A start condition with its address; reading goes on where writing a number has left it. */
    I2cSlave started(boolean reads) {
        return new I2cSlave(
                present, registerBytes, 0, registerBytes == 0 ? 0 : reads ? register : 0, values);
    }

    I2cSlave written(int data) {
        if (numberBytesSeen < registerBytes) {
            return new I2cSlave(
                    present, registerBytes, numberBytesSeen + 1, register << 8 | data, values);
        }
        Map<Integer, Integer> changed = new TreeMap<>(values);
        changed.put(register, data);
        return new I2cSlave(present, registerBytes, numberBytesSeen, following(), changed);
    }

    /** What is read next. */
    int data() {
        return values.getOrDefault(register, EMPTY);
    }

    I2cSlave read() {
        return new I2cSlave(present, registerBytes, numberBytesSeen, following(), values);
    }

    I2cSlave changed(boolean nowPresent, Map<Integer, Integer> newValues) {
        Map<Integer, Integer> changed = new TreeMap<>(values);
        changed.putAll(newValues);
        return new I2cSlave(nowPresent, registerBytes, numberBytesSeen, register, changed);
    }

    private int following() {
        int registers = registerBytes == 2 ? REGISTERS : 1 << 8;
        return (register + 1) % registers;
    }
}
