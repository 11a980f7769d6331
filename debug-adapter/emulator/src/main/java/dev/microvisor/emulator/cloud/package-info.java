/**
 * What surrounds the device: its identity, the configuration items and secrets of its account, how
 * the network behaves, who answers HTTP requests, and the faults to play. Start at {@link
 * dev.microvisor.emulator.cloud.Cloud}; {@link dev.microvisor.emulator.cloud.CloudFile} reads one
 * from a {@code cloud.toml}, whose format is described in {@code CLOUD.md}.
 *
 * <p>All of it is data that never changes, so that every run can be repeated.
 */
package dev.microvisor.emulator.cloud;
