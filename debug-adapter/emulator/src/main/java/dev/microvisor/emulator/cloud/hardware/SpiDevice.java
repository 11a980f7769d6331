package dev.microvisor.emulator.cloud.hardware;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device on an SPI bus.
 *
 * @param bus such as {@code SPI1}
 * @param select the pin that selects it when low, such as {@code PA4}; absent: it is selected while
 *     the controller is enabled
 * @param loopback true: MOSI is wired to MISO, and nothing of the following counts
 * @param replies what it says after what
 * @param readMask set in a first byte that reads registers, clear in one that writes them. 0: it
 *     has no registers
 * @param numberMask the bits of a first byte that are the register's number
 * @param registers values by number; others read as 0xFF
 */
public record SpiDevice(
        String bus,
        Optional<String> select,
        boolean loopback,
        List<Reply> replies,
        int readMask,
        int numberMask,
        Map<Integer, Integer> registers) {
    public SpiDevice {
        replies = List.copyOf(replies);
        registers = Map.copyOf(registers);
    }
}
