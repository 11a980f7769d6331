package dev.microvisor.emulator.cloud.hardware;

import java.util.List;
import java.util.Map;

/**
 * Everything that is wired to the device; each list in the order of the file.
 *
 * @param outputs names of what output pins drive, by pin
 */
public record Hardware(
        List<PinEvent> pins,
        List<AnalogEvent> analog,
        List<SerialInput> serial,
        List<I2cDevice> i2c,
        List<I2cEvent> i2cEvents,
        List<I2cFault> i2cFaults,
        List<SpiDevice> spi,
        Map<String, String> outputs) {
    /** The serial ports of the chip. */
    public static final List<String> SERIAL_PORTS =
            List.of("USART1", "USART2", "USART3", "UART4", "UART5", "LPUART1");

    /** A device with nothing wired to it. */
    public static final Hardware NONE =
            new Hardware(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    Map.of());

    /** Names of the I2C buses that firmware moves by itself: two pins, SCL first. */
    public List<String> pinBuses() {
        return i2c.stream().map(I2cDevice::bus).filter(b -> b.contains("/")).distinct().toList();
    }

    public Hardware {
        pins = List.copyOf(pins);
        analog = List.copyOf(analog);
        serial = List.copyOf(serial);
        i2c = List.copyOf(i2c);
        i2cEvents = List.copyOf(i2cEvents);
        i2cFaults = List.copyOf(i2cFaults);
        spi = List.copyOf(spi);
        outputs = Map.copyOf(outputs);
    }
}
