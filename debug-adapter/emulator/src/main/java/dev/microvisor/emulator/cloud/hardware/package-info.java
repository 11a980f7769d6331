/**
 * What is wired to the device, as the cloud file describes it: levels at pins, devices on I2C and
 * SPI buses, voltages, serial text. Start at {@link
 * dev.microvisor.emulator.cloud.hardware.Hardware}. Plain data; {@code emulator.peripherals} plays
 * it.
 */
package dev.microvisor.emulator.cloud.hardware;
