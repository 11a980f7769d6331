package dev.microvisor.emulator.peripherals;

/** Told, on the machine's thread, what peripherals show to the outside. */
public interface PeripheralListener {
    /** Hears nothing. */
    PeripheralListener NONE = new PeripheralListener() {};

    /** A line came out of a serial port, without its line end. */
    default void line(String port, String text, long instruction) {}

    /** An output pin changed. */
    default void pin(String port, int pin, boolean high, long instruction) {}
}
