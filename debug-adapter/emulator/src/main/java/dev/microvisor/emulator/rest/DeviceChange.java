package dev.microvisor.emulator.rest;

import java.util.Optional;

/**
 * What a caller wants changed of a device; what is empty stays.
 *
 * @param targetApp SID of an app that exists
 * @param logging on (for 24 hours from now) or off
 * @param restart true asks for a restart of the application
 */
public record DeviceChange(
        Optional<String> uniqueName,
        Optional<String> targetApp,
        Optional<Boolean> logging,
        boolean restart) {}
