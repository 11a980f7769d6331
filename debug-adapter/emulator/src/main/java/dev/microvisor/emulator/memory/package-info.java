/**
 * What the core reads and writes: flash, RAM, peripherals and the private bus.
 *
 * <p>Start at {@link dev.microvisor.emulator.memory.Memory}. One null test per access serves ROM,
 * write protection, the MPU, copy-on-write snapshots, watchpoints and code pages: a page whose slot
 * in the fast tables is null takes the slow path, which checks everything exactly.
 */
package dev.microvisor.emulator.memory;
