package dev.microvisor.emulator.api;

/** {@code enum MvConfigKeyFetchStore}: the store of a configuration item. */
public enum ConfigStore implements ApiConstant {
    SECRET,
    CONFIG;

    @Override
    public String enumName() {
        return "MvConfigKeyFetchStore";
    }

    @Override
    public String prefix() {
        return "MV_CONFIGKEYFETCHSTORE_";
    }
}
