/**
 * A second debugger on a session: gdb beside the client that speaks the Debug Adapter Protocol.
 *
 * <p>Start at {@link dev.microvisor.dap.shared.GdbBeside}. Both see the same machine, each with
 * breakpoints of its own; what one of them lets go, the other sees go and stop. The session's
 * thread stays the only one that touches the machine.
 */
package dev.microvisor.dap.shared;
