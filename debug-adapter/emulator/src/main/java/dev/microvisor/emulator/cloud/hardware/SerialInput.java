package dev.microvisor.emulator.cloud.hardware;

import dev.microvisor.emulator.bytes.Bytes;

/**
 * Bytes that come in at a serial port.
 *
 * @param port such as {@code USART2}
 */
public record SerialInput(String port, Bytes content, Schedule when) {}
