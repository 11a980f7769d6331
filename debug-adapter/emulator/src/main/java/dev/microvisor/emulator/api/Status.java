package dev.microvisor.emulator.api;

/** {@code enum MvStatus}: what a system call answers. */
public enum Status implements ApiConstant {
    OKAY,
    TIMENOTSET,
    PARAMETERFAULT,
    INVALIDBUFFERSIZE,
    PERIPHERALACCESSFAULT,
    BUFFERALREADYINUSE,
    INVALIDINTERRUPT,
    INVALIDHANDLE,
    TOOMANYNOTIFICATIONBUFFERS,
    INVALIDVECTOR,
    UNAVAILABLE,
    UNSUPPORTEDSTRUCTUREVERSION,
    TOOMANYCHANNELS,
    UNKNOWNCHANNELENDPOINT,
    UNKNOWNCHANNELTYPE,
    CHANNELCLOSED,
    NETWORKNOTCONNECTED,
    RATELIMITED,
    INVALIDBUFFERALIGNMENT,
    LATEFAULT,
    RESPONSENOTPRESENT,
    INDEXINVALID,
    OFFSETINVALID,
    REQUESTALREADYSENT,
    REQUESTUNSUCCESSFUL,
    LOGMESSAGETOOLONG,
    LOGGINGDISABLEDBYSERVER,
    TOOMANYCONFIGKEYS,
    UNKNOWNCONFIGSTORE,
    UNKNOWNCONFIGSCOPE,
    INVALIDCONFIGKEY,
    INVALIDAUTHENTICATION,
    WRONGDATAREQUESTED,
    INTERNALERROR,
    TOOMANYELEMENTS,
    REQUIREDELEMENTMISSING,
    MICROVISORBUSY,
    ADDRESSOUTOFRANGE,
    INPUTTOOLONG;

    /** Looked up when first asked for: every system call asks. */
    private int code = -1;

    @Override
    public int code() {
        if (code < 0) {
            code = ApiConstant.super.code();
        }
        return code;
    }

    @Override
    public String enumName() {
        return "MvStatus";
    }

    @Override
    public String prefix() {
        return "MV_STATUS_";
    }
}
