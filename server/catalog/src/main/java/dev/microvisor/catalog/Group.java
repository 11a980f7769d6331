package dev.microvisor.catalog;

/** The page of the Microvisor documents that a system call or a type belongs to. */
public enum Group {
    SYSTEM,
    NOTIFICATIONS,
    INTERRUPTS,
    NETWORK,
    CHANNELS,
    HTTP,
    CONFIG_FETCH,
    MQTT,
    LOGGING,
    TEST,
    POWER,
    FLASH,
    WIFI
}
