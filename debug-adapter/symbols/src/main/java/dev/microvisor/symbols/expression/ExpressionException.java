package dev.microvisor.symbols.expression;

/** An expression that cannot be evaluated; the message tells the user why. */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExpressionException(String message) {
        super(message, null, false, false);
    }
}
