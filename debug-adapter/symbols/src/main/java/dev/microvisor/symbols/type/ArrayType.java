package dev.microvisor.symbols.type;

import dev.microvisor.symbols.dwarf.Die;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** An array; one of several dimensions is an array of arrays. */
public final class ArrayType extends Type {
    private final Lazy<Type> element;
    private final OptionalLong count;
    private final Die dynamicBound;

    /**
     * @param count number of elements; empty for a flexible array and for one of variable length
     * @param dynamicBound the entry whose count or upper bound must be computed, or null
     */
    ArrayType(Supplier<Type> element, OptionalLong count, Die dynamicBound) {
        this.element = new Lazy<>(element);
        this.count = count;
        this.dynamicBound = dynamicBound;
    }

    public static ArrayType of(Type element, long count) {
        return new ArrayType(() -> element, OptionalLong.of(count), null);
    }

    public Type element() {
        return element.get();
    }

    public OptionalLong count() {
        return count;
    }

    /** The entry of a bound that is known only at run time. */
    public Optional<Die> dynamicBound() {
        return Optional.ofNullable(dynamicBound);
    }

    @Override
    public long sizeBytes() {
        long elements = count.orElse(0);
        long size = element().sizeBytes();
        return elements <= 0 || size <= 0 || elements > Integer.MAX_VALUE / size
                ? 0
                : elements * size;
    }
}
