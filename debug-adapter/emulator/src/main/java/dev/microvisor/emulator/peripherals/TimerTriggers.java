package dev.microvisor.emulator.peripherals;

/** Where TRGO of the timers goes. */
interface TimerTriggers {
    /** True when a pulse would start something. */
    boolean isHeard(String timer);

    void pulse(String timer);

    /** TRGO is a level, and has changed. */
    void level(String timer, boolean high);

    /** True when TRGO is a level here, and not pulses or an output. */
    boolean isLevel(String timer);

    /** The level of TRGO, where it is one. */
    boolean isHigh(String timer);
}
