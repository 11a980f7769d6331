package dev.microvisor.emulator.api;

/** {@code enum MvChannelType}: the protocol of a channel. */
public enum ChannelType implements ApiConstant {
    OPAQUEBYTES,
    MQTT,
    HTTP,
    CONFIGFETCH;

    @Override
    public String enumName() {
        return "MvChannelType";
    }

    @Override
    public String prefix() {
        return "MV_CHANNELTYPE_";
    }
}
