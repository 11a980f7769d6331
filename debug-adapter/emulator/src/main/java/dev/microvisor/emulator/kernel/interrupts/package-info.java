/**
 * The page "interrupts": fast interrupts. Start at {@link
 * dev.microvisor.emulator.kernel.interrupts.FastInterrupts}.
 */
package dev.microvisor.emulator.kernel.interrupts;
