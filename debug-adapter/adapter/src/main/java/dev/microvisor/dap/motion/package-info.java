/**
 * Letting the firmware go, until a line, a return, a breakpoint. Start at {@link
 * dev.microvisor.dap.motion.Motion}.
 *
 * <p>Interrupts never end a step: handlers run at full speed, and only a breakpoint stops in one.
 * What stepping must know about code it asks {@link dev.microvisor.dap.motion.CodeMap}; nothing
 * here knows debug information or the protocol.
 */
package dev.microvisor.dap.motion;
