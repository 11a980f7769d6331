package dev.microvisor.emulator.cloud.hardware;

/**
 * Something that goes wrong on an I2C bus.
 *
 * @param bus such as {@code I2C1}
 * @param forUs how long it lasts, for those that last
 */
public record I2cFault(String bus, Error error, long forUs, Schedule when) {
    /** Kinds of faults. */
    public enum Error {
        /** The next address is not answered, whoever has it. */
        NACK_ADDRESS,
        /** The next byte that is written is answered with NACK. */
        NACK_DATA,
        /** Another master wins the bus during the next address. */
        ARBITRATION,
        /** A start or stop condition in the middle of the next address. */
        BUS,
        /** Somebody holds the data line low: the bus is busy, and nothing goes over it. */
        STUCK,
        /** The next device that is addressed holds the clock low. */
        STRETCH;

        /** True for what also happens at a bus that firmware moves by itself. */
        public boolean happensAtPins() {
            return this == NACK_ADDRESS || this == NACK_DATA || this == STUCK;
        }

        /** True for what has an end. */
        public boolean lasts() {
            return this == STUCK || this == STRETCH;
        }
    }
}
