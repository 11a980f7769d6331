package dev.microvisor.emulator.api;

/** {@code enum MvMqttLostMessageReason}: why a message was lost. */
public enum MqttLostReason implements ApiConstant {
    DEVICERECEIVEBUFFERTOOSMALL;

    @Override
    public String enumName() {
        return "MvMqttLostMessageReason";
    }

    @Override
    public String prefix() {
        return "MV_MQTTLOSTMESSAGEREASON_";
    }
}
