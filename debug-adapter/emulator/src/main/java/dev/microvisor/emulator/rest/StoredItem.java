package dev.microvisor.emulator.rest;

import java.time.Instant;

/** A configuration item or a secret. {@code changed} is when its value was last written. */
public record StoredItem(String key, String value, Instant changed) {}
