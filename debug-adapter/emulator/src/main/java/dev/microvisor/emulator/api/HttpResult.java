package dev.microvisor.emulator.api;

/** {@code enum MvHttpResult}: how an HTTP request ended. */
public enum HttpResult implements ApiConstant {
    OK,
    UNSUPPORTEDURISCHEME,
    UNSUPPORTEDMETHOD,
    INVALIDHEADERS,
    INVALIDTIMEOUT,
    REQUESTFAILED,
    RESPONSETOOLARGE;

    @Override
    public String enumName() {
        return "MvHttpResult";
    }

    @Override
    public String prefix() {
        return "MV_HTTPRESULT_";
    }
}
