package dev.microvisor.emulator.api;

/** {@code enum MvConfigKeyFetchScope}: whose configuration item. */
public enum ConfigScope implements ApiConstant {
    ACCOUNT,
    DEVICE;

    @Override
    public String enumName() {
        return "MvConfigKeyFetchScope";
    }

    @Override
    public String prefix() {
        return "MV_CONFIGKEYFETCHSCOPE_";
    }
}
