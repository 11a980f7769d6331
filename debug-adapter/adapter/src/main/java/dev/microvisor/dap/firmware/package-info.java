/**
 * Firmware put together with what it runs on, from files. Start at {@link
 * dev.microvisor.dap.firmware.TargetLoader}. Nothing here knows the protocol; {@code microvisor
 * run} uses it too.
 */
package dev.microvisor.dap.firmware;
