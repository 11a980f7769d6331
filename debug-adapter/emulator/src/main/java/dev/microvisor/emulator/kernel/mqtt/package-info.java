/**
 * The page "MQTT functions": a session with a broker for each channel. Start at {@link
 * dev.microvisor.emulator.kernel.mqtt.MqttSession}; what answers is a {@link
 * dev.microvisor.emulator.cloud.mqtt.MqttLink}.
 */
package dev.microvisor.emulator.kernel.mqtt;
