package dev.microvisor.analysis.engine;

import java.util.Map;
import java.util.Optional;

/** The functions of CMSIS-RTOS and FreeRTOS that make a function run as a thread or a timer. */
final class RtosCalls {
    /** Which argument is the function. */
    record Entry(int index, boolean timer) {}

    private static final Map<String, Entry> ENTRIES =
            Map.ofEntries(
                    Map.entry("osThreadNew", new Entry(0, false)),
                    Map.entry("xTaskCreate", new Entry(0, false)),
                    Map.entry("xTaskCreateStatic", new Entry(0, false)),
                    Map.entry("xTaskCreatePinnedToCore", new Entry(0, false)),
                    Map.entry("osTimerNew", new Entry(0, true)),
                    Map.entry("xTimerCreate", new Entry(4, true)),
                    Map.entry("xTimerCreateStatic", new Entry(4, true)));

    private RtosCalls() {}

    static Optional<Entry> entryArgument(String function) {
        return Optional.ofNullable(ENTRIES.get(function));
    }
}
