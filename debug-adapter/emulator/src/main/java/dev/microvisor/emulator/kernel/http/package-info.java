/**
 * The page "HTTP functions": one request and its answer for each channel. Start at {@link
 * dev.microvisor.emulator.kernel.http.SendHttpRequest}.
 */
package dev.microvisor.emulator.kernel.http;
