package dev.microvisor.emulator.api;

/** {@code enum MvConfigKeyFetchResult}: how the fetch of one item ended. */
public enum ConfigItemResult implements ApiConstant {
    OK,
    KEYNOTFOUND,
    SERVERERROR;

    @Override
    public String enumName() {
        return "MvConfigKeyFetchResult";
    }

    @Override
    public String prefix() {
        return "MV_CONFIGKEYFETCHRESULT_";
    }
}
