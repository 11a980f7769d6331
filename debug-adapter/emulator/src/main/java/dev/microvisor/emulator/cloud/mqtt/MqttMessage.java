package dev.microvisor.emulator.cloud.mqtt;

import dev.microvisor.emulator.bytes.Bytes;

/** An application message of MQTT. */
public record MqttMessage(String topic, Bytes payload, int qos, boolean retain) {
    MqttMessage atMost(int maxQos) {
        return new MqttMessage(topic, payload, Math.min(qos, maxQos), retain);
    }

    MqttMessage live() {
        return new MqttMessage(topic, payload, qos, false);
    }
}
