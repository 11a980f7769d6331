/**
 * The seam between the machine and what lives on it.
 *
 * <p>The machine (core, memory, interrupt controller) knows the kernel and the peripherals only as
 * {@link dev.microvisor.emulator.guest.Hypervisor} and {@link
 * dev.microvisor.emulator.guest.Peripheral}; they know the machine only as {@link
 * dev.microvisor.emulator.guest.Guest}. Virtual time is the instruction count; nothing behind this
 * seam may read the host's clock, threads or randomness, except {@code emulator.outside}, which
 * keeps what came in.
 */
package dev.microvisor.emulator.guest;
