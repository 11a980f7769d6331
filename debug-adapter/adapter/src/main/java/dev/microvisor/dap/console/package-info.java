/**
 * Commands that people type: in the debug console, and in gdb after {@code monitor}. Start at
 * {@link dev.microvisor.dap.console.Console}.
 *
 * <p>A command reads the firmware as it stands; those that act say so in their help, are noted in
 * the history and make a known future moot. Nothing here knows a protocol.
 */
package dev.microvisor.dap.console;
