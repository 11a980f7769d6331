package dev.microvisor.emulator.cloud;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * When something of the cloud file holds, in virtual milliseconds since Microvisor started.
 *
 * @param fromMs first millisecond of it
 * @param untilMs first millisecond after it
 */
public record Period(long fromMs, long untilMs) {
    public static final Period ALWAYS = new Period(0, Long.MAX_VALUE);

    /** {@code from_ms} and {@code until_ms} of a table. */
    static Period read(Section section) {
        long from = section.number("from_ms", 0, CloudFile.MAX_DELAY_MS).orElse(ALWAYS.fromMs);
        long until = section.number("until_ms", 1, CloudFile.MAX_DELAY_MS).orElse(ALWAYS.untilMs);
        if (until <= from) {
            section.problem("until_ms", "until_ms must be later than from_ms");
        }
        return new Period(from, until);
    }

    boolean includes(long ms) {
        return fromMs <= ms && ms < untilMs;
    }

    /** Of those that hold now, the one that began last; of several, the first. */
    public static <T> Optional<T> current(
            List<T> candidates, Function<T, Period> period, long nowMs) {
        T current = null;
        for (T candidate : candidates) {
            Period its = period.apply(candidate);
            if (its.includes(nowMs)
                    && (current == null || its.fromMs > period.apply(current).fromMs)) {
                current = candidate;
            }
        }
        return Optional.ofNullable(current);
    }
}
