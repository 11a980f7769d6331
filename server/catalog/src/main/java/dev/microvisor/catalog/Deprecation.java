package dev.microvisor.catalog;

/**
 * Why something should no longer be used.
 *
 * @param reason one sentence
 * @param replacement what to use instead, one sentence
 */
public record Deprecation(String reason, String replacement) {}
