package dev.microvisor.gdb;

/** A packet that does not follow the protocol; answered with an error, the session goes on. */
final class BadCommandException extends Exception {
    private static final long serialVersionUID = 1;

    BadCommandException(String message) {
        super(message);
    }
}
