/**
 * The page "network functions", first half: handles to the network and its state. Start at {@link
 * dev.microvisor.emulator.kernel.network.Network}.
 */
package dev.microvisor.emulator.kernel.network;
