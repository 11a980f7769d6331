package dev.microvisor.analysis;

/** How sure and how bad: an error is certain to fail, a note rests on a guess. */
public enum Severity {
    ERROR,
    WARNING,
    NOTE,
    HINT
}
