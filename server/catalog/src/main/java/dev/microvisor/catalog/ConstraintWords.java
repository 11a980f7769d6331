package dev.microvisor.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** Says a constraint in words, for people who read a hover or a finding. */
final class ConstraintWords {
    private static final long UINT32_MAX = 0xFFFF_FFFFL;
    private static final String UNION_MEMBER = "v1.";

    private ConstraintWords() {}

    /** All of them as one sentence that starts with "Must", or an empty text. */
    static String sentence(List<Constraint> constraints) {
        List<Constraint> musts =
                constraints.stream()
                        .filter(c -> !(c instanceof Constraint.DeprecatedValue))
                        .toList();
        String must =
                musts.isEmpty()
                        ? ""
                        : "Must "
                                + musts.stream()
                                        .map(ConstraintWords::of)
                                        .collect(Collectors.joining("; "))
                                + ".";
        String deprecated =
                constraints.stream()
                        .filter(Constraint.DeprecatedValue.class::isInstance)
                        .map(ConstraintWords::of)
                        .collect(Collectors.joining(" "));
        return (must + " " + deprecated).strip();
    }

    /** One of them, to go on from "must"; a deprecated value is a sentence of its own. */
    static String of(Constraint constraint) {
        return bare(constraint) + condition(constraint.when());
    }

    private static String bare(Constraint constraint) {
        if (constraint instanceof Constraint.NonNull) {
            return "not be null";
        } else if (constraint instanceof Constraint.Align align) {
            return "start at a multiple of " + align.bytes() + " bytes";
        } else if (constraint instanceof Constraint.MultipleOf multiple) {
            return "be a multiple of " + multiple.factor();
        } else if (constraint instanceof Constraint.Range range) {
            return range.max() == UINT32_MAX
                    ? "be at least " + range.min()
                    : "be within " + range.min() + " and " + range.max();
        } else if (constraint instanceof Constraint.Length length) {
            return length(length);
        } else if (constraint instanceof Constraint.MinSize size) {
            return "have room for at least " + size.bytes() + " bytes";
        } else if (constraint instanceof Constraint.Const constant) {
            return "be " + constant.value();
        } else if (constraint instanceof Constraint.LengthOf of) {
            return of.unit() == Constraint.Unit.BYTES
                    ? "be the size of `%s` in bytes".formatted(shortName(of.of()))
                    : "be the number of elements of `%s`".formatted(shortName(of.of()));
        } else if (constraint instanceof Constraint.OneOf oneOf) {
            return "be a value of `enum " + oneOf.enumName() + "`";
        } else if (constraint instanceof Constraint.Prefix prefix) {
            return "begin with `" + prefix.text() + "`";
        } else if (constraint instanceof Constraint.OneOfTexts oneOf) {
            return "be one of " + String.join(", ", oneOf.texts());
        } else if (constraint instanceof Constraint.RequiredWith required) {
            return "not be empty when `%s` is not 0".formatted(shortName(required.of()));
        } else if (constraint instanceof Constraint.Printable) {
            return "be printable ASCII";
        } else if (constraint instanceof Constraint.DeprecatedValue value) {
            return "`%s` is deprecated. %s".formatted(value.constant(), value.replacement());
        }
        throw new AssertionError(constraint);
    }

    private static String length(Constraint.Length length) {
        if (length.max() == 0) {
            return "be empty";
        }
        return length.max() == UINT32_MAX
                ? "have at least %d byte%s".formatted(length.min(), length.min() == 1 ? "" : "s")
                : "have %d to %d bytes".formatted(length.min(), length.max());
    }

    private static String condition(String when) {
        if (when.isEmpty()) {
            return "";
        }
        String[] sides = when.split(" == ");
        return " when `%s` is `%s`".formatted(shortName(sides[0]), sides[1]);
    }

    private static String shortName(String path) {
        return path.startsWith(UNION_MEMBER) ? path.substring(UNION_MEMBER.length()) : path;
    }
}
