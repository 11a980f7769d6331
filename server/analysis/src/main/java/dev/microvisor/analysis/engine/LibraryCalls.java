package dev.microvisor.analysis.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Library functions that lead back into the program: threads, timers, and printing. */
final class LibraryCalls {
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

    /** Functions of newlib that end in the program's own {@code _write}. */
    private static final Set<String> PRINTING =
            Set.of(
                    "printf",
                    "vprintf",
                    "puts",
                    "putchar",
                    "fprintf",
                    "vfprintf",
                    "fputs",
                    "fflush");

    /** Functions of the C library that write where their first argument points. */
    private static final Set<String> WRITERS =
            Set.of(
                    "memcpy",
                    "memmove",
                    "memset",
                    "strcpy",
                    "strncpy",
                    "strcat",
                    "strncat",
                    "sprintf",
                    "snprintf",
                    "vsprintf",
                    "vsnprintf");

    private LibraryCalls() {}

    static boolean writesToFirst(String function) {
        return WRITERS.contains(function);
    }

    static boolean printsThroughWrite(String function) {
        return PRINTING.contains(function);
    }

    static Optional<Entry> entryArgument(String function) {
        return Optional.ofNullable(ENTRIES.get(function));
    }
}
