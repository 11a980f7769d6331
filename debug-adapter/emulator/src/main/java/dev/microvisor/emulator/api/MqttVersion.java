package dev.microvisor.emulator.api;

/** {@code enum MvMqttProtocolVersion}: the version of the MQTT protocol. */
public enum MqttVersion implements ApiConstant {
    V3_1_1,
    V5;

    @Override
    public String enumName() {
        return "MvMqttProtocolVersion";
    }

    @Override
    public String prefix() {
        return "MV_MQTTPROTOCOLVERSION_";
    }
}
