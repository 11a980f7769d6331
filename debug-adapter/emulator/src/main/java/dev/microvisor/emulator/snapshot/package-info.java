/**
 * The whole machine in a file. Start at {@link dev.microvisor.emulator.snapshot.SnapshotFile}.
 *
 * <p>The states of all parts are immutable values; {@code StateWriter} writes any of them by its
 * fields and {@code StateReader} builds them again by their constructors, so no part knows of
 * files. A file that is damaged, or that another version of these classes has written, is refused
 * with a message; nothing in a file can make a class that is not a state.
 */
package dev.microvisor.emulator.snapshot;
