package dev.microvisor.emulator.peripherals;

/** Where TRGO of the timers goes. */
interface TimerTriggers {
    /** True when a pulse would start something. */
    boolean isHeard(String timer);

    void pulse(String timer);
}
