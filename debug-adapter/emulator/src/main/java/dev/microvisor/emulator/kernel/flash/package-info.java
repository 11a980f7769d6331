/**
 * The page "external flash". Start at {@link dev.microvisor.emulator.kernel.flash.ExternalFlash}.
 */
package dev.microvisor.emulator.kernel.flash;
