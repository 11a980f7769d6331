/**
 * The page "network functions", second half: channels, their buffers in the application's memory,
 * and the deprecated calls that move plain bytes. Start at {@link
 * dev.microvisor.emulator.kernel.channels.Channels}.
 *
 * <p>What travels through a channel of another type is in that type's package and implements {@link
 * dev.microvisor.emulator.kernel.channels.Traffic}.
 */
package dev.microvisor.emulator.kernel.channels;
