/**
 * What a person does to the world outside while the firmware stands at a safe point: post a
 * notification, cut the network, answer a request. Start at {@link
 * dev.microvisor.emulator.kernel.hand.Intervention}.
 *
 * <p>An intervention is data and changes the kernel only through its {@code Host}; the kernel keeps
 * a list of those that were made, which travels with its state.
 */
package dev.microvisor.emulator.kernel.hand;
