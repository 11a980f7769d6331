/**
 * A GDB remote stub: any gdb, or lldb, can debug firmware in the emulator, as the vendor's tool
 * once offered for the board.
 *
 * <p>Start at {@link dev.microvisor.gdb.GdbServer}. Section names in comments are those of the GDB
 * manual, appendix "GDB Remote Serial Protocol". The stub knows the machine as a {@link
 * dev.microvisor.emulator.machine.Debuggee} and owns it while a client is connected; it listens on
 * loopback only and serves one client at a time.
 */
package dev.microvisor.gdb;
