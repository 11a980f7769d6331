/**
 * The breakpoints of a session: where they are, when they stop. Start at {@link
 * dev.microvisor.dap.breakpoint.BreakpointTable}.
 */
package dev.microvisor.dap.breakpoint;
