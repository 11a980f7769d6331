package dev.microvisor.analysis.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Library functions that lead back into the program: threads, timers, printing, the HAL's hooks.
 */
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

    /** What an interrupt handler calls of ST's HAL: {@code HAL_UART_IRQHandler} and its like. */
    private static final Pattern HAL_HANDLER =
            Pattern.compile("HAL_([A-Z0-9]+)(?:Ex)?_\\w*IRQHandler");

    /** What the HAL then calls, and the application may define. */
    private static final Pattern HAL_HOOK = Pattern.compile("HAL_([A-Z0-9]+)(?:Ex)?_\\w*Callback");

    private LibraryCalls() {}

    /** The driver of the HAL whose interrupt a function serves, such as {@code UART}. */
    static Optional<String> halHandler(String function) {
        return group(HAL_HANDLER, function);
    }

    /** The driver of the HAL that calls a function in its interrupt. */
    static Optional<String> halHook(String function) {
        return group(HAL_HOOK, function);
    }

    private static Optional<String> group(Pattern pattern, String function) {
        Matcher matcher = pattern.matcher(function);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

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
