package dev.microvisor.symbols.type;

import java.util.function.Supplier;

/** A type with a qualifier before it. */
public final class QualifiedType extends Type {
    /** The qualifiers in the order in which they are written. */
    public enum Qualifier {
        CONST("const"),
        VOLATILE("volatile"),
        RESTRICT("restrict"),
        ATOMIC("_Atomic");

        private final String text;

        Qualifier(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private final Qualifier qualifier;
    private final Lazy<Type> target;

    QualifiedType(Qualifier qualifier, Supplier<Type> target) {
        this.qualifier = qualifier;
        this.target = new Lazy<>(target);
    }

    public static QualifiedType of(Qualifier qualifier, Type target) {
        return new QualifiedType(qualifier, () -> target);
    }

    public Qualifier qualifier() {
        return qualifier;
    }

    public Type target() {
        return target.get();
    }

    @Override
    public long sizeBytes() {
        Type resolved = resolved();
        return resolved.sizeBytes();
    }
}
