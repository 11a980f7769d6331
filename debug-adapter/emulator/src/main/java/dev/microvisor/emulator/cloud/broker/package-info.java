/**
 * Real MQTT brokers. Start at {@link dev.microvisor.emulator.cloud.broker.LiveBrokers}.
 *
 * <p>The protocol is spoken by the HiveMQ client; what belongs to the kernel's state (which channel
 * waits for what) stays in the kernel. Everything here is outside the machine: it is never saved,
 * and what comes in is recorded by {@link dev.microvisor.emulator.outside.Outside}.
 */
package dev.microvisor.emulator.cloud.broker;
