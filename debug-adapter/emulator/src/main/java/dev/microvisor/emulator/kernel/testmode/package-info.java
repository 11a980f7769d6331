/**
 * The page "application testing": the calls of a factory test. Start at {@link
 * dev.microvisor.emulator.kernel.testmode.TestMode}.
 */
package dev.microvisor.emulator.kernel.testmode;
