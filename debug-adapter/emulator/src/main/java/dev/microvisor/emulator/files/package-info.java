/**
 * Files as they are written: whole at any time, and, where they may hold secrets, for nobody but
 * their owner. Start at {@link dev.microvisor.emulator.files.WholeFile}.
 */
package dev.microvisor.emulator.files;
