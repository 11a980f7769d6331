package dev.microvisor.emulator.api;

/** {@code enum MvMqttRequestState}: how an MQTT request ended. */
public enum MqttRequestState implements ApiConstant {
    REQUESTCOMPLETED,
    INVALIDPARAMETERS,
    ALREADYCONNECTED,
    NOTCONNECTED,
    NXDOMAIN,
    UNKNOWNCA,
    CERTIFICATEEXPIRED,
    SOCKETERROR,
    CONNECTIONCIRCUITBREAKER;

    @Override
    public String enumName() {
        return "MvMqttRequestState";
    }

    @Override
    public String prefix() {
        return "MV_MQTTREQUESTSTATE_";
    }
}
