package dev.microvisor.symbols.type;

import java.util.List;
import java.util.function.Supplier;

/** The type of a function. */
public final class FunctionType extends Type {
    private final Lazy<Type> returned;
    private final Lazy<List<Type>> parameters;
    private final boolean variadic;
    private final boolean prototyped;

    FunctionType(
            Supplier<Type> returned,
            Supplier<List<Type>> parameters,
            boolean variadic,
            boolean prototyped) {
        this.returned = new Lazy<>(returned);
        this.parameters = new Lazy<>(parameters);
        this.variadic = variadic;
        this.prototyped = prototyped;
    }

    public Type returned() {
        return returned.get();
    }

    public List<Type> parameters() {
        return parameters.get();
    }

    /** Whether the parameters end in {@code ...}. */
    public boolean isVariadic() {
        return variadic;
    }

    /** Whether an empty list of parameters means none, and not that nothing is known. */
    public boolean isPrototyped() {
        return prototyped;
    }

    /** 1, as in GNU C. */
    @Override
    public long sizeBytes() {
        return 1;
    }
}
