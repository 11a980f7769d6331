package dev.microvisor.catalog;

import java.util.List;

/**
 * A requirement on a value that a caller hands to Microvisor. It hangs on a parameter or on a field
 * of a structure (then it holds wherever that structure is passed). {@code when} is empty or names
 * a condition on a sibling field, written {@code field == CONSTANT} with the catalog's names.
 */
public sealed interface Constraint {
    /** Condition under which the constraint holds; empty means always. */
    String when();

    /** The pointer may not be null. */
    record NonNull(String when) implements Constraint {}

    /** The pointer must be a multiple of {@code bytes}, a power of two. */
    record Align(int bytes, String when) implements Constraint {}

    /** The value must be a multiple of {@code factor}. */
    record MultipleOf(int factor, String when) implements Constraint {}

    /** The value must be within {@code min} and {@code max}, both included. */
    record Range(long min, long max, String when) implements Constraint {}

    /** The memory pointed at must have at least {@code bytes} bytes. */
    record MinSize(int bytes, String when) implements Constraint {}

    /** The value must equal {@code value}. */
    record Const(long value, String when) implements Constraint {}

    /** The value counts {@code unit} of what the sibling {@code of} points at. */
    record LengthOf(String of, Unit unit, String when) implements Constraint {}

    /** The {@code MvSizedString} must have at least {@code min} and at most {@code max} bytes. */
    record Length(long min, long max, String when) implements Constraint {}

    /** The value is one of the constants of the enumeration {@code enumName}. */
    record OneOf(String enumName, String when) implements Constraint {}

    /** The {@code MvSizedString} must begin with {@code text}. */
    record Prefix(String text, String when) implements Constraint {}

    /** The {@code MvSizedString} must be one of {@code texts}. */
    record OneOfTexts(List<String> texts, String when) implements Constraint {
        public OneOfTexts {
            texts = List.copyOf(texts);
        }
    }

    /** The {@code MvSizedString} must consist of printable ASCII characters. */
    record Printable(String when) implements Constraint {}

    /**
     * The {@code MvSizedString} may not be empty when the sibling {@code of} is not 0, such as a
     * count of things that are of no use without it.
     */
    record RequiredWith(String of, String when) implements Constraint {}

    /** The constant {@code constant} still works and should no longer be used. */
    record DeprecatedValue(String constant, String replacement, String when)
            implements Constraint {}

    /** What a length counts. */
    enum Unit {
        BYTES,
        ELEMENTS
    }
}
