package dev.microvisor.emulator.rest;

/** The store cannot be opened or used. The message is meant for the user. */
public final class CloudStoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CloudStoreException(String message) {
        super(message);
    }

    CloudStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
