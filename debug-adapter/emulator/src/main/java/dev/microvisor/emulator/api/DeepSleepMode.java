package dev.microvisor.emulator.api;

/** {@code enum MvDeepSleepMode}: how deep the device sleeps when it restarts on waking. */
public enum DeepSleepMode implements ApiConstant {
    STANDBY,
    SHUTDOWN;

    @Override
    public String enumName() {
        return "MvDeepSleepMode";
    }

    @Override
    public String prefix() {
        return "MV_DEEPSLEEPMODE_";
    }
}
