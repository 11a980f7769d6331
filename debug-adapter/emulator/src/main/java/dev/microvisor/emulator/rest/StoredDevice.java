package dev.microvisor.emulator.rest;

import java.time.Instant;
import java.util.Optional;

/**
 * A device.
 *
 * @param sid UV and 32 hexadecimal digits
 * @param targetApp what it should run
 * @param reportedApp what it last said that it runs
 * @param loggingExpires logging is on until then
 * @param restartRequests how many restarts of the application have been asked for, ever
 */
public record StoredDevice(
        String sid,
        Optional<String> uniqueName,
        Optional<String> targetApp,
        Optional<Instant> targeted,
        Optional<String> reportedApp,
        Optional<Instant> reported,
        Optional<Instant> loggingExpires,
        long restartRequests,
        Instant created,
        Instant updated) {}
