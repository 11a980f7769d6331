package dev.microvisor.emulator.outside;

/** A recording that cannot be read or written; the message says which and what to do. */
public final class RecordingException extends Exception {
    private static final long serialVersionUID = 1L;

    RecordingException(String message) {
        super(message);
    }

    RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
