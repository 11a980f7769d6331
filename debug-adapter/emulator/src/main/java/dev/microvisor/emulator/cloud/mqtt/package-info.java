/**
 * The far end of MQTT channels. Start at {@link dev.microvisor.emulator.cloud.mqtt.MqttLink};
 * {@link dev.microvisor.emulator.cloud.mqtt.LocalBroker} is the one that needs nothing from
 * outside.
 *
 * <p>Commands and replies are data, so that they can wait on the kernel's agenda and be saved with
 * it.
 */
package dev.microvisor.emulator.cloud.mqtt;
