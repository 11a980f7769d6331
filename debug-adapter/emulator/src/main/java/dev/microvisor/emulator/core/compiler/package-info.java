/**
 * Turns guest code that runs often into JVM bytecode. Start at {@link
 * dev.microvisor.emulator.core.compiler.RegionCompiler}.
 *
 * <p>The unit is a region: blocks that direct branches connect. Registers and flags live in JVM
 * local variables; branches inside the region are gotos, calls of other regions are calls ({@link
 * dev.microvisor.emulator.core.compiler.Entrances}). A region executes only what cannot stop, fault
 * or be observed: everything else (devices, watchpoints, faults, breakpoints) leaves it before the
 * instruction, which the interpreter then executes. So the interpreter stays the only place that
 * knows those things, and a program cannot tell when it was compiled.
 */
package dev.microvisor.emulator.core.compiler;
