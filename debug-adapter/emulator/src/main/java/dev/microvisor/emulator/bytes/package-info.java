/**
 * Immutable byte strings, so that records can carry buffers, bodies and keys. Start at {@link
 * dev.microvisor.emulator.bytes.Bytes}.
 *
 * <p>Knows nothing of the machine or of Microvisor.
 */
package dev.microvisor.emulator.bytes;
