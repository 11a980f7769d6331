package dev.microvisor.emulator.api;

/** {@code enum MvMqttReadableDataType}: what can be read next from an MQTT channel. */
public enum MqttReadable implements ApiConstant {
    NONE,
    MESSAGERECEIVED,
    MESSAGELOST,
    CONNECTRESPONSE,
    SUBSCRIBERESPONSE,
    UNSUBSCRIBERESPONSE,
    PUBLISHRESPONSE,
    DISCONNECTRESPONSE;

    @Override
    public String enumName() {
        return "MvMqttReadableDataType";
    }

    @Override
    public String prefix() {
        return "MV_MQTTREADABLEDATATYPE_";
    }
}
