package dev.microvisor.emulator.api;

/** {@code enum MvClosureReason}: why a channel ended. */
public enum ClosureReason implements ApiConstant {
    NONE,
    CHANNELCLOSEDBYSERVER,
    CHANNELRESETBYSERVER,
    NETWORKDISCONNECTED,
    CONNECTIONTERMINATED,
    NOTYETOPEN,
    CLOSEDBYAPPLICATION,
    UNEXPECTEDLYTERMINATED;

    @Override
    public String enumName() {
        return "MvClosureReason";
    }

    @Override
    public String prefix() {
        return "MV_CLOSUREREASON_";
    }
}
