/**
 * The page "application logging". Start at {@link
 * dev.microvisor.emulator.kernel.logging.ApplicationLog}.
 */
package dev.microvisor.emulator.kernel.logging;
