package dev.microvisor.emulator.cloud.hardware;

import dev.microvisor.emulator.bytes.Bytes;

/**
 * Bytes that come in at a serial port.
 *
 * @param port such as {@code USART2}
 * @param error what the receiver finds wrong with each of them
 * @param held whether each waits until the receiver has room for it; others are lost then
 */
public record SerialInput(String port, Bytes content, Error error, boolean held, Schedule when) {
    /** What can be wrong with a character on the line. */
    public enum Error {
        NONE,
        PARITY,
        FRAMING,
        NOISE
    }

    /** Bytes that come now, as fast as firmware reads them. */
    public static SerialInput held(String port, Bytes content) {
        return new SerialInput(port, content, Error.NONE, true, new Schedule(0, 0));
    }
}
