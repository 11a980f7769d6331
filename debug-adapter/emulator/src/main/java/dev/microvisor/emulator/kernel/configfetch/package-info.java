/**
 * The page "config fetch functions": one request for configuration items and secrets for each
 * channel. Start at {@link dev.microvisor.emulator.kernel.configfetch.SendConfigFetchRequest}.
 */
package dev.microvisor.emulator.kernel.configfetch;
