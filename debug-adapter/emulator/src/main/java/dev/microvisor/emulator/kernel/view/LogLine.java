package dev.microvisor.emulator.kernel.view;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of the application's log.
 *
 * @param microseconds when the application wrote it
 * @param wallTime the same in wall time; empty while the time is not set
 * @param callSite address of the call that wrote it
 * @param channel {@code server} or, for {@code mvTestLog}, {@code test}
 */
public record LogLine(
        long instruction,
        long microseconds,
        Optional<Instant> wallTime,
        int callSite,
        String channel,
        String text) {}
