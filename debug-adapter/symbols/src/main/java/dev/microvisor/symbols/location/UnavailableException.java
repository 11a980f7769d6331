package dev.microvisor.symbols.location;

/** A value cannot be computed; the message says why, for the user. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message, null, false, false);
    }
}
