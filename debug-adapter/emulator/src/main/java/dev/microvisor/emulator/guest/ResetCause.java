package dev.microvisor.emulator.guest;

/** What reset the chip, as RCC_CSR tells the program that starts next. */
public enum ResetCause {
    /** AIRCR.SYSRESETREQ. */
    SOFTWARE,
    INDEPENDENT_WATCHDOG,
    WINDOW_WATCHDOG
}
