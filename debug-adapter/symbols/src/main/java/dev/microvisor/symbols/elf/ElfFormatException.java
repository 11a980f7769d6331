package dev.microvisor.symbols.elf;

import java.io.IOException;

/** The file cannot be used; the message says which file, why, and what to try. */
public final class ElfFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public ElfFormatException(String message) {
        super(message);
    }

    public ElfFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
