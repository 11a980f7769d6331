/**
 * The debug adapter: the Debug Adapter Protocol for firmware in the emulator.
 *
 * <p>Start at {@link dev.microvisor.dap.DebugAdapter}, which serves one client over streams, or
 * {@link dev.microvisor.dap.DebugAdapterPort}. Three threads serve a session: one reads messages,
 * one owns the machine, and the client's own. Requests are answered by the machine's thread at safe
 * points, so a client may ask at any time, also while the firmware runs.
 */
package dev.microvisor.dap;
