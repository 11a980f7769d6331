package dev.microvisor.emulator.rest;

import java.time.Instant;
import java.util.Optional;

/**
 * A firmware build.
 *
 * @param sid KA and 32 hexadecimal digits
 * @param hash {@code algorithm:value}
 * @param manifest base64, as the API hands it out
 */
public record StoredApp(
        String sid,
        Optional<String> uniqueName,
        String hash,
        String manifest,
        Instant created,
        Instant updated) {}
