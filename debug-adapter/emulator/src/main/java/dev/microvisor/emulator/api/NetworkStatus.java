package dev.microvisor.emulator.api;

/** {@code enum MvNetworkStatus}: the state of the network. */
public enum NetworkStatus implements ApiConstant {
    DELIBERATELYOFFLINE,
    CONNECTED,
    CONNECTING,
    DISCONNECTEDWITHLINKUP;

    @Override
    public String enumName() {
        return "MvNetworkStatus";
    }

    @Override
    public String prefix() {
        return "MV_NETWORKSTATUS_";
    }
}
