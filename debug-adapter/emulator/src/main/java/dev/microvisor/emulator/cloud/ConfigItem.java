package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.bytes.Bytes;

/**
 * A configuration item or secret in the cloud.
 *
 * @param period when the cloud has it with this value
 */
public record ConfigItem(
        ConfigScope scope, ConfigStore store, String key, Bytes value, Period period) {
    /** Largest key, in characters. */
    public static final int MAX_KEY_LENGTH = 100;

    /** Largest value, in bytes. */
    public static final int MAX_VALUE_BYTES = 4096;
}
