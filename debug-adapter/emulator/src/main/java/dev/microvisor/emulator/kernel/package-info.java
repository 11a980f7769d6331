/**
 * Microvisor as firmware sees it: the 72 system calls at their slots. Start at {@link
 * dev.microvisor.emulator.kernel.Kernel}; {@link dev.microvisor.emulator.kernel.CallTable} lists
 * the handlers.
 *
 * <p>One package for each page of the documents ({@code network}, {@code channels}...) holds one
 * class for each call and one for the state behind them. {@code call} is what handlers are written
 * against, {@code view} is what debuggers see. All state is immutable values that are replaced, so
 * that saving and restoring it costs a few references.
 */
package dev.microvisor.emulator.kernel;
