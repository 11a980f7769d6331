/**
 * What debuggers and traces show of the kernel: immutable records, made at a stop. Start at {@link
 * dev.microvisor.emulator.kernel.view.KernelView}; {@link
 * dev.microvisor.emulator.kernel.view.KernelListener} tells of things as they happen.
 *
 * <p>Nothing here changes the machine. Names of constants are the header's; addresses are guest
 * addresses; {@code instruction} is an instruction number; microseconds count from the start of
 * Microvisor, as in {@code MvNotification}.
 */
package dev.microvisor.emulator.kernel.view;
