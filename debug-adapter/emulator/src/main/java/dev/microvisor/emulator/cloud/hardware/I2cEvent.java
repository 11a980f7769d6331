package dev.microvisor.emulator.cloud.hardware;

import java.util.List;
import java.util.Map;

/**
 * A change of a device on an I2C bus.
 *
 * @param address as {@link I2cDevice#address}
 * @param present false: from now on the device answers its address with NACK
 * @param registers bytes that get new values
 * @param replies that are new, or take the place of those to the same bytes
 * @param measured what it measures from now on; of several values one each time, in turn
 */
public record I2cEvent(
        String bus,
        int address,
        boolean present,
        Map<Integer, Integer> registers,
        List<Reply> replies,
        Map<String, List<Double>> measured,
        Schedule when) {
    public I2cEvent {
        registers = Map.copyOf(registers);
        replies = List.copyOf(replies);
        measured = Map.copyOf(measured);
    }
}
