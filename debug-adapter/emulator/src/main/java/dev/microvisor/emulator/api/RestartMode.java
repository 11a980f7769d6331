package dev.microvisor.emulator.api;

/** {@code enum MvRestartMode}: what a restart does about updates. */
public enum RestartMode implements ApiConstant {
    AUTOAPPLYUPDATE;

    @Override
    public String enumName() {
        return "MvRestartMode";
    }

    @Override
    public String prefix() {
        return "MV_RESTARTMODE_";
    }
}
