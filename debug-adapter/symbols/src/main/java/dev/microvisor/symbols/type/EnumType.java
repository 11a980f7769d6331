package dev.microvisor.symbols.type;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An enumeration. */
public final class EnumType extends Type {
    private final String name;
    private final long sizeBytes;
    private final boolean signed;
    private final boolean cPlusPlus;
    private final Lazy<List<Enumerator>> enumerators;

    /** A name and its number. */
    public record Enumerator(String name, long value) {}

    EnumType(
            String name,
            long sizeBytes,
            boolean signed,
            boolean cPlusPlus,
            Supplier<List<Enumerator>> enumerators) {
        this.name = name;
        this.sizeBytes = sizeBytes;
        this.signed = signed;
        this.cPlusPlus = cPlusPlus;
        this.enumerators = new Lazy<>(enumerators);
    }

    /** Empty for an anonymous one. */
    public String name() {
        return name;
    }

    public boolean isSigned() {
        return signed;
    }

    public boolean isCPlusPlus() {
        return cPlusPlus;
    }

    public List<Enumerator> enumerators() {
        return enumerators.get();
    }

    public Optional<Enumerator> named(String wanted) {
        return enumerators().stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    /** Whether all values are single bits (or 0), so that a sum of them makes sense. */
    public boolean isFlags() {
        int bits = 0;
        for (Enumerator one : enumerators()) {
            if (Long.bitCount(one.value()) > 1) {
                return false;
            }
            bits += one.value() == 0 ? 0 : 1;
        }
        return bits > 1;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }
}
