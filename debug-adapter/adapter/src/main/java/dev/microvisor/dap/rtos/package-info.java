/**
 * The tasks of a real-time operating system in the stopped firmware. Start at {@link
 * dev.microvisor.dap.rtos.FreeRtos}.
 *
 * <p>Everything is found by the firmware's own symbols and types, nothing by offsets of a version
 * of the kernel. Reading changes nothing.
 */
package dev.microvisor.dap.rtos;
