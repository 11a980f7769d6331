package dev.microvisor.catalog;

/**
 * A number that Microvisor imposes.
 *
 * @param id such as {@code channels}, see {@link Catalog#limit(String)}
 * @param value in {@code unit}
 */
public record Limit(String id, long value, String unit, String meaning, String source) {}
