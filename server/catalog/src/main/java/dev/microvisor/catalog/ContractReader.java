package dev.microvisor.catalog;

/** Reads the two closed vocabularies of the files: constraints ("is") and effects ("does"). */
final class ContractReader {
    private ContractReader() {}

    static Constraint constraint(Entry e) {
        String is = e.text("is");
        String when = e.text("when", "");
        return switch (is) {
            case "nonnull" -> new Constraint.NonNull(when);
            case "align" -> new Constraint.Align(powerOfTwo(e, "bytes"), when);
            case "multiple-of" -> new Constraint.MultipleOf(positive(e, "factor"), when);
            case "range" -> {
                long min = e.number("min");
                yield new Constraint.Range(min, atLeast(e, min), when);
            }
            case "length" -> {
                long min = e.number("min");
                yield new Constraint.Length(min, atLeast(e, min), when);
            }
            case "min-size" -> new Constraint.MinSize(positive(e, "bytes"), when);
            case "const" -> new Constraint.Const(e.number("value"), when);
            case "length-of" ->
                    new Constraint.LengthOf(
                            e.text("of"), e.oneOf(Constraint.Unit.class, "unit"), when);
            case "one-of" -> new Constraint.OneOf(e.text("enum"), when);
            case "prefix" -> new Constraint.Prefix(e.text("text"), when);
            case "one-of-texts" -> new Constraint.OneOfTexts(e.texts("texts"), when);
            case "required-with" -> new Constraint.RequiredWith(e.text("of"), when);
            case "printable" -> new Constraint.Printable(when);
            case "deprecated-value" ->
                    new Constraint.DeprecatedValue(e.text("constant"), e.text("replacement"), when);
            default -> throw e.problem("unknown constraint '" + is + "'");
        };
    }

    static Effect effect(Entry e) {
        String does = e.text("does");
        if (does.equals("requires")) {
            return new Effect.Requires(e.text("call"));
        }
        String place = e.text("place");
        return switch (does) {
            case "acquires" -> new Effect.Acquires(place, e.text("resource"), e.text("kind", ""));
            case "uses" ->
                    new Effect.Uses(
                            place, e.text("resource"), e.texts("states"), e.text("kind", ""));
            case "releases" -> new Effect.Releases(place, e.text("resource"), e.texts("statuses"));
            case "borrows" ->
                    new Effect.Borrows(place, e.text("until", ""), e.flag("writeProtected", false));
            case "state" -> new Effect.State(place, e.texts("statuses"), e.text("state"));
            case "writes" -> new Effect.Writes(place);
            default -> throw e.problem("unknown effect '" + does + "'");
        };
    }

    private static int positive(Entry e, String field) {
        return e.number(field, 1, Integer.MAX_VALUE);
    }

    private static int powerOfTwo(Entry e, String field) {
        int value = positive(e, field);
        if (Integer.bitCount(value) != 1) {
            throw e.problem("field '" + field + "' is no power of two: " + value);
        }
        return value;
    }

    private static long atLeast(Entry e, long min) {
        long max = e.number("max");
        if (min > max) {
            throw e.problem("'min' is above 'max'");
        }
        return max;
    }
}
