package dev.microvisor.emulator.api;

/** {@code enum MvPowerSavingMode}: how deep the device sleeps while it keeps its state. */
public enum PowerSavingMode implements ApiConstant {
    SLEEP,
    STOP0,
    STOP1,
    STOP2,
    STOP3;

    @Override
    public String enumName() {
        return "MvPowerSavingMode";
    }

    @Override
    public String prefix() {
        return "MV_POWERSAVINGMODE_";
    }
}
