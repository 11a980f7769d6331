package dev.microvisor.emulator.api;

/** {@code enum MvEventType}: what a notification is about. */
public enum EventType implements ApiConstant {
    NOEVENT,
    NETWORKSTATUSCHANGED,
    CHANNELDATAREADABLE,
    CHANNELDATAWRITESPACE,
    CHANNELNOTCONNECTED,
    UPDATEDOWNLOADED;

    @Override
    public String enumName() {
        return "MvEventType";
    }

    @Override
    public String prefix() {
        return "MV_EVENTTYPE_";
    }
}
