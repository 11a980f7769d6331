package dev.microvisor.dap.firmware;

/**
 * Something outside the project is not as it must be: a file is missing, is not firmware, or a
 * setting is wrong. The message says what, where and what to try, and is shown as it is.
 */
public final class CannotRun extends Exception {
    private static final long serialVersionUID = 1L;

    public CannotRun(String message) {
        super(message);
    }
}
