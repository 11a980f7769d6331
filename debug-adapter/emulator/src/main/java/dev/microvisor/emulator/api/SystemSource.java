package dev.microvisor.emulator.api;

/** {@code enum MvSystemNotificationSource}: what system notifications are about. */
public enum SystemSource implements ApiConstant {
    NETWORK,
    UPDATE;

    @Override
    public String enumName() {
        return "MvSystemNotificationSource";
    }

    @Override
    public String prefix() {
        return "MV_SYSTEMNOTIFICATIONSOURCE_";
    }
}
