package dev.microvisor.emulator.api;

/** {@code enum MvWifiConfigMode}: what to do with the Wi-Fi settings. */
public enum WifiConfigMode implements ApiConstant {
    APPLYNOW,
    CLEARNOW;

    @Override
    public String enumName() {
        return "MvWifiConfigMode";
    }

    @Override
    public String prefix() {
        return "MV_WIFICONFIGMODE_";
    }
}
