package dev.microvisor.catalog;

/** How much an ignored status weighs. */
public enum Tier {
    /** The status decides what may happen next; ignoring it is a defect. */
    MUST_CHECK,
    /** Ignoring the status hides a leak or a lost resource, seldom a crash. */
    SHOULD_CHECK,
    /** Ignoring the status is common and mostly harmless. */
    MAY_IGNORE
}
