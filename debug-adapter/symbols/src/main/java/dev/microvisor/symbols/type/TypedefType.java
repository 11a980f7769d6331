package dev.microvisor.symbols.type;

import java.util.function.Supplier;

/** Another name for a type. */
public final class TypedefType extends Type {
    private final String name;
    private final Lazy<Type> target;

    TypedefType(String name, Supplier<Type> target) {
        this.name = name;
        this.target = new Lazy<>(target);
    }

    public String name() {
        return name;
    }

    public Type target() {
        return target.get();
    }

    @Override
    public long sizeBytes() {
        return resolved().sizeBytes();
    }
}
