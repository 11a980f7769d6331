/**
 * The machine put together: core, memory, system registers, peripherals, kernel and time.
 *
 * <p>Start at {@link dev.microvisor.emulator.machine.Machine}, which is all that a debugger or the
 * command line needs. One thread owns a machine at a time.
 */
package dev.microvisor.emulator.machine;
