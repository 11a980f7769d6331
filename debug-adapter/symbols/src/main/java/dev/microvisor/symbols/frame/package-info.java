/**
 * The stack: call frame information, unwinding through calls and Cortex-M exceptions, and frames as
 * people see them (inlined calls and exceptions are frames too). Start at {@link
 * dev.microvisor.symbols.frame.Unwinder}.
 */
package dev.microvisor.symbols.frame;
