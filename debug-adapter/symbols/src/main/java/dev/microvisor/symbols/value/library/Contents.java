package dev.microvisor.symbols.value.library;

/**
 * What an object holds.
 *
 * @param label in front of it: the alternative of a variant, or what stands for no value at all
 * @param unit behind it: of a duration
 */
public record Contents(Kind kind, String label, String unit, Items items) {
    /** How the contents are shown. */
    public enum Kind {
        /** Characters. */
        TEXT,
        /** Elements that have numbers. */
        SEQUENCE,
        /** Pairs of {@code first} and {@code second}. */
        MAP,
        /** Elements without numbers or keys. */
        SET,
        /** One value, which stands for the object. */
        VALUE,
        /** One value, which the object points to or may hold. */
        TARGET,
        /** No value. */
        NOTHING
    }

    static Contents of(Kind kind, Items items) {
        return new Contents(kind, "", "", items);
    }

    static Contents nothing(String label) {
        return new Contents(Kind.NOTHING, label, "", Items.NONE);
    }

    /** What users count: characters, elements, values. */
    public long count() {
        return items.count();
    }
}
