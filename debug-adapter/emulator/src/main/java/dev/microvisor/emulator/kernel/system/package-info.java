/**
 * The pages about the device itself: time, clocks, identity, and registers that Microvisor reads
 * and writes for the application. Start at {@link
 * dev.microvisor.emulator.kernel.system.ClockRegisters}.
 */
package dev.microvisor.emulator.kernel.system;
