/**
 * What a handler of a system call is written against: its arguments ({@link
 * dev.microvisor.emulator.kernel.call.Words}), guest memory read by the catalog's structures
 * ({@link dev.microvisor.emulator.kernel.call.GuestMemory}), events that happen later ({@link
 * dev.microvisor.emulator.kernel.call.Agenda}) and the rest of the kernel ({@link
 * dev.microvisor.emulator.kernel.call.Host}).
 */
package dev.microvisor.emulator.kernel.call;
