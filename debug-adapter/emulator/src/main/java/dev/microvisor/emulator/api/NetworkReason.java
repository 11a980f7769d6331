package dev.microvisor.emulator.api;

/** {@code enum MvNetworkReason}: flags that say why Microvisor is online. */
public enum NetworkReason implements ApiConstant {
    NOTCONNECTING,
    USINGNETWORK,
    NEVERUSEDNETWORKAPI,
    MINIMUMCHECKINEXPIRED,
    RTCNOTSET,
    KERNELERROR,
    APPLICATIONERROR,
    COLDBOOTCONNECTION,
    FETCHINGUPDATE,
    DEBUGGERATTACHED,
    NOAPPLICATIONCODE,
    ENHANCECALM;

    @Override
    public String enumName() {
        return "MvNetworkReason";
    }

    @Override
    public String prefix() {
        return "MV_NETWORKREASON_";
    }
}
