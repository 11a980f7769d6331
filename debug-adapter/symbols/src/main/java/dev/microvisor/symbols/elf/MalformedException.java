package dev.microvisor.symbols.elf;

/**
 * Bytes that do not mean what they should. Thrown by {@link Cursor} and by the readers above it;
 * each reader catches it at the smallest part that can be skipped (a unit, a table, a variable) and
 * reports it as a problem, so that the rest of the file stays usable.
 */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
