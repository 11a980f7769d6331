/**
 * The system around the core: exceptions, NVIC, SysTick, MPU and the other registers at
 * 0xE000_0000.
 *
 * <p>Start at {@link dev.microvisor.emulator.system.SystemControl} for the registers and at {@link
 * dev.microvisor.emulator.system.ExceptionModel} for entry, return and priorities. All is the
 * non-secure view, with BusFault and HardFault taken by the application as on a chip without a
 * secure side; what only Microvisor may handle is reported to the machine instead.
 */
package dev.microvisor.emulator.system;
