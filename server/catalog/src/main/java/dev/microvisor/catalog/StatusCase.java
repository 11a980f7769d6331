package dev.microvisor.catalog;

/**
 * A status that a call can return.
 *
 * @param status name of the {@code MvStatus} constant, such as {@code MV_STATUS_INVALIDHANDLE}
 * @param when the condition, in our words
 * @param documented false when only inferred (facts section 12 and 5.8)
 */
public record StatusCase(String status, String when, boolean documented) {}
