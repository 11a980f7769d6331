package dev.microvisor.emulator.api;

/** {@code enum MvConfigFetchResult}: how a whole config fetch ended. */
public enum ConfigFetchResult implements ApiConstant {
    OK,
    RESPONSETOOLARGE;

    @Override
    public String enumName() {
        return "MvConfigFetchResult";
    }

    @Override
    public String prefix() {
        return "MV_CONFIGFETCHRESULT_";
    }
}
