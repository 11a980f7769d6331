package dev.microvisor.dap.console;

/** A command that cannot be done as it was typed; the message says why and what to type. */
public final class BadCommand extends Exception {
    private static final long serialVersionUID = 1;

    public BadCommand(String message) {
        super(message);
    }
}
