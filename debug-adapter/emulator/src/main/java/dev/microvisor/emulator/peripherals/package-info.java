/**
 * Peripherals of the STM32U585. Start at {@link dev.microvisor.emulator.peripherals.Peripherals},
 * which lists them; each is its register map, a {@link
 * dev.microvisor.emulator.peripherals.RegisterBank}.
 *
 * <p>Names, offsets and bits are those of reference manual RM0456. Time is the instruction count;
 * everything a peripheral knows is in its registers and a few immutable values, so that it can be
 * saved at any instruction.
 */
package dev.microvisor.emulator.peripherals;
