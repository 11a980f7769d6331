/**
 * Files that nobody but their owner may read. Start at {@link
 * dev.microvisor.emulator.files.PrivateFile}.
 */
package dev.microvisor.emulator.files;
