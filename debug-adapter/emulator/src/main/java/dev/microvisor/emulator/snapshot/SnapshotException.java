package dev.microvisor.emulator.snapshot;

/** A snapshot that cannot be read or written; the message says which and what to do. */
public final class SnapshotException extends Exception {
    private static final long serialVersionUID = 1L;

    SnapshotException(String message) {
        super(message);
    }

    SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
