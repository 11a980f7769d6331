package dev.microvisor.symbols.value;

/** How whole numbers are written. */
public enum ValueFormat {
    NATURAL,
    HEXADECIMAL,
    DECIMAL,
    OCTAL,
    BINARY,
    CHARACTER
}
