package dev.microvisor.emulator.cloud.hardware;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a kind of I2C device does, as its data sheet says. With registers, as most sensors and
 * memories: a transfer first writes the number of a register, high byte first, then writes or reads
 * from there on. With replies, as sensors that know commands: what is read follows from all that
 * was written before.
 *
 * @param numbers of its registers
 * @param registers values of bytes at power-up, by {@link Numbers#first}; others read as 0xFF
 * @param replies what it says after what; they come before registers
 * @param crcStart a checksum goes behind each word of a reply that holds what is measured: CRC-8
 *     with the polynomial 0x31 that starts with this
 * @param quantities what it measures
 * @param writing what becomes of what is written
 * @param clock the calendar that some of its registers are
 * @param shown the name under which what is written to it is shown
 */
public record I2cModel(
        Numbers numbers,
        Map<Integer, Integer> registers,
        List<Reply> replies,
        OptionalInt crcStart,
        List<Quantity> quantities,
        Writing writing,
        Optional<ClockRegisters> clock,
        Optional<String> shown) {
    public I2cModel {
        registers = Map.copyOf(registers);
        replies = List.copyOf(replies);
        quantities = List.copyOf(quantities);
    }

    /** What it measures under a name. */
    public Optional<Quantity> quantity(String name) {
        return quantities.stream().filter(q -> q.name().equals(name)).findFirst();
    }

    /**
     * How registers are numbered.
     *
     * @param numberBytes how many bytes a number has, 0 to 2
     * @param valueBytes how many bytes a register holds, 1 to 4
     * @param mask the bits that are the number; others say things such as "count upwards"
     * @param countUpMask where not 0: the bit of the number without which the same register is read
     *     or written again and again
     * @param size bytes of all registers together; behind the last comes the first
     */
    public record Numbers(int numberBytes, int valueBytes, int mask, int countUpMask, int size) {
        /** The place of a register's first byte among the bytes of all registers. */
        public int first(int number) {
            return (number & mask) * valueBytes % size;
        }

        /** True when the byte behind one that was read or written is the next. */
        public boolean countsUp(int number) {
            return countUpMask == 0 || (number & countUpMask) != 0;
        }
    }

    /**
     * What becomes of what is written.
     *
     * @param readOnly bytes that writing does not change
     * @param clearing bits, by the place of their byte, that read as zero again at once
     * @param resets values, by the place of their byte, that set all registers to what they were
     * @param pageBytes where not 0: writing goes round within pages of this size
     * @param busyMs how long the device answers no address after it was written to
     * @param locked what is written is answered with NACK
     */
    public record Writing(
            Set<Integer> readOnly,
            Map<Integer, Integer> clearing,
            Map<Integer, Integer> resets,
            int pageBytes,
            int busyMs,
            boolean locked) {
        public Writing {
            readOnly = Set.copyOf(readOnly);
            clearing = Map.copyOf(clearing);
            resets = Map.copyOf(resets);
        }

        /** The place behind one that was written. */
        public int following(int place, Numbers numbers) {
            int next = place + 1;
            return pageBytes > 0 && next % pageBytes == 0
                    ? next - pageBytes
                    : next % numbers.size();
        }
    }
}
