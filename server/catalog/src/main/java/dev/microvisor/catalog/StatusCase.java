package dev.microvisor.catalog;

/**
 * A status that a call can return.
 *
 * @param status name of the {@code MvStatus} constant, such as {@code MV_STATUS_INVALIDHANDLE}
 * @param when the condition, in our words
 * @param documented false when no document says so and it is inferred from like calls
 */
public record StatusCase(String status, String when, boolean documented) {}
