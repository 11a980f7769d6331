package dev.microvisor.cli;

/** A mistake of the user that ends the command: one line for standard error, and what to try. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String advice;

    UserError(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    String advice() {
        return advice;
    }
}
