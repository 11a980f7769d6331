package dev.microvisor.catalog;

/** What happens when an interrupt handler makes a call. */
public enum InterruptContext {
    /** The header states that the call answers UNAVAILABLE there. */
    REFUSED,
    /** No source says what happens; the documents advise against it. */
    UNDOCUMENTED
}
