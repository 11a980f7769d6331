package dev.microvisor.emulator.api;

/** {@code enum MvWakeReason}: why the application started. */
public enum WakeReason implements ApiConstant {
    COLDBOOT,
    REMOTEMICROVISORRESTART,
    REMOTEAPPLICATIONRESTART,
    DEBUGGERRESTART,
    MICROVISORCRASH,
    MICROVISORWATCHDOG,
    MICROVISOROUTOFMEMORY,
    MICROVISORERROR,
    APPLICATIONCRASH,
    APPLICATIONUPDATE,
    MICROVISORUPDATE,
    OPTIONBYTES,
    DEEPSLEEPCHECKIN,
    DEEPSLEEPAPPLICATION,
    DEEPSLEEPMODEM,
    DEEPSLEEPAPPLICATIONRTC,
    DEEPSLEEPOTHER;

    /** Whether RAM had power all the time: not in deep sleep, nor before the first start. */
    public boolean keepsRam() {
        return this != COLDBOOT && compareTo(DEEPSLEEPCHECKIN) < 0;
    }

    @Override
    public String enumName() {
        return "MvWakeReason";
    }

    @Override
    public String prefix() {
        return "MV_WAKEREASON_";
    }
}
