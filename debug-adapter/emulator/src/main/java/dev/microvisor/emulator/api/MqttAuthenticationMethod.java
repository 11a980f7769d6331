package dev.microvisor.emulator.api;

/** {@code enum MvMqttAuthenticationMethod}: how the device shows who it is to a broker. */
public enum MqttAuthenticationMethod implements ApiConstant {
    NONE,
    USERNAMEPASSWORD;

    @Override
    public String enumName() {
        return "MvMqttAuthenticationMethod";
    }

    @Override
    public String prefix() {
        return "MV_MQTTAUTHENTICATIONMETHOD_";
    }
}
