package dev.microvisor.emulator.cloud.hardware;

import java.util.List;
import java.util.Map;

/**
 * A device on an I2C bus. With registers, as most sensors and memories: a transfer first writes the
 * number of a register, high byte first, then writes or reads from there on. With replies, as
 * sensors that know commands: what is read follows from all that was written before.
 *
 * @param bus such as {@code I2C1}
 * @param address 7 bits
 * @param numbers of its registers
 * @param registers values of bytes, by {@link Numbers#first}; others read as 0xFF
 * @param replies what it says after what; they come before registers
 */
public record I2cDevice(
        String bus,
        int address,
        Numbers numbers,
        Map<Integer, Integer> registers,
        List<Reply> replies) {
    public I2cDevice {
        registers = Map.copyOf(registers);
        replies = List.copyOf(replies);
    }

    /**
     * How registers are numbered.
     *
     * @param numberBytes how many bytes a number has, 0 to 2
     * @param valueBytes how many bytes a register holds, 1 to 4
     * @param mask the bits that are the number; others say things such as "count upwards"
     */
    public record Numbers(int numberBytes, int valueBytes, int mask) {
        /** The place of a register's first byte among the bytes of all registers. */
        public int first(int number) {
            return (number & mask) * valueBytes;
        }

        /** Bytes of all registers together. */
        public int size() {
            return (numberBytes == 2 ? 1 << 16 : 1 << 8) * valueBytes;
        }
    }
}
