package dev.microvisor.cli;

/** Exit codes, as build servers know them from other linters. */
final class ExitCode {
    static final int CLEAN = 0;
    static final int FINDINGS = 1;
    static final int COULD_NOT_RUN = 2;

    private ExitCode() {}
}
