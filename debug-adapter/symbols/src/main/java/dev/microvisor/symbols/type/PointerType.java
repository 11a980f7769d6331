package dev.microvisor.symbols.type;

import java.util.function.Supplier;

/** A pointer or a C++ reference. */
public final class PointerType extends Type {
    /** How the address is written in the source. */
    public enum Kind {
        POINTER("*"),
        REFERENCE("&"),
        RVALUE_REFERENCE("&&");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    private final Kind kind;
    private final long sizeBytes;
    private final Lazy<Type> target;

    PointerType(Kind kind, long sizeBytes, Supplier<Type> target) {
        this.kind = kind;
        this.sizeBytes = sizeBytes;
        this.target = new Lazy<>(target);
    }

    /** A pointer to a type, as the operator {@code &} makes. */
    public static PointerType to(Type target) {
        return new PointerType(Kind.POINTER, 4, () -> target);
    }

    public Kind kind() {
        return kind;
    }

    public boolean isReference() {
        return kind != Kind.POINTER;
    }

    public Type target() {
        return target.get();
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }
}
