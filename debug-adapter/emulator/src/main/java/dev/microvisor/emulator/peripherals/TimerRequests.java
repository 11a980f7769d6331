package dev.microvisor.emulator.peripherals;

import java.util.HashMap;
import java.util.Map;

/**
 * Numbers of the timers' GPDMA1 requests, as in the reference manual's table of them: first those
 * of the channels, then update, then trigger.
 */
final class TimerRequests {
    private static final int UPDATE = 1;
    private static final int TRIGGER = 1 << 6;

    private TimerRequests() {}

    /** Events, as flags in SR, by the numbers of their requests. */
    static Map<Integer, Integer> of(String timer) {
        return switch (timer) {
            case "TIM1" -> requests(42, 4, true);
            case "TIM2" -> requests(56, 4, false);
            case "TIM3" -> requests(61, 4, true);
            case "TIM4" -> requests(67, 4, false);
            case "TIM5" -> requests(72, 4, true);
            case "TIM6" -> requests(4, 0, false);
            case "TIM7" -> requests(5, 0, false);
            case "TIM8" -> requests(49, 4, true);
            case "TIM15" -> requests(78, 1, true);
            case "TIM16" -> requests(82, 1, false);
            case "TIM17" -> requests(84, 1, false);
            default -> throw new IllegalArgumentException("no requests of " + timer);
        };
    }

    private static Map<Integer, Integer> requests(int first, int channels, boolean trigger) {
        Map<Integer, Integer> events = new HashMap<>();
        for (int i = 0; i < channels; i++) {
            events.put(first + i, 1 << (1 + i));
        }
        events.put(first + channels, UPDATE);
        if (trigger) {
            events.put(first + channels + 1, TRIGGER);
        }
        return events;
    }
}
