package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Integers;

/** Operators on values. */
final class Arithmetic {
    private Arithmetic() {}

    static Value binary(String op, Value left, Value right) {
        if (left instanceof Value.Num l && right instanceof Value.Num r) {
            return numbers(op, l.value(), r.value());
        }
        if (left instanceof Value.Pending p) {
            return new Value.Pending(
                    p.status(),
                    p.when(),
                    binary(op, p.then(), right),
                    binary(op, p.otherwise(), right));
        }
        if (right instanceof Value.Pending p) {
            return new Value.Pending(
                    p.status(),
                    p.when(),
                    binary(op, left, p.then()),
                    binary(op, left, p.otherwise()));
        }
        if (right instanceof Value.Num r) {
            return withConstant(op, left, r.value());
        }
        if (left instanceof Value.Num l) {
            String mirrored = mirror(op);
            return mirrored.isEmpty() ? Value.UNKNOWN : withConstant(mirrored, right, l.value());
        }
        if (left.equals(right) && !(left instanceof Value.Anything)) {
            return switch (op) {
                case "==", "<=", ">=" -> new Value.Num(1);
                case "!=", "<", ">", "-", "^" -> Value.ZERO;
                default -> Value.UNKNOWN;
            };
        }
        return Value.UNKNOWN;
    }

    private static String mirror(String op) {
        return switch (op) {
            case "+", "==", "!=", "&", "|", "^", "*" -> op;
            case "<" -> ">";
            case ">" -> "<";
            case "<=" -> ">=";
            case ">=" -> "<=";
            default -> "";
        };
    }

    private static Value withConstant(String op, Value left, long right) {
        boolean comparison =
                switch (op) {
                    case "==", "!=", "<", ">", "<=", ">=" -> true;
                    default -> false;
                };
        if (left instanceof Value.Symbolic s) {
            if (comparison) {
                return new Value.Truth(s.sym(), ValueSet.ALL.compare(op, right - s.plus()));
            }
            if (op.equals("+")) {
                return new Value.Symbolic(s.sym(), s.plus() + right);
            }
            return op.equals("-") ? new Value.Symbolic(s.sym(), s.plus() - right) : Value.UNKNOWN;
        }
        if (left instanceof Value.Address address) {
            if (op.equals("+") || op.equals("-")) {
                return new Value.Address(shift(address.place(), op.equals("+") ? right : -right));
            }
            if (right == 0 && comparison) {
                return new Value.Num(op.equals("!=") || op.equals(">") ? 1 : 0);
            }
        }
        if (left instanceof Value.FunctionAddress && right == 0 && comparison) {
            return new Value.Num(op.equals("!=") ? 1 : 0);
        }
        if (left instanceof Value.Truth truth && comparison) {
            boolean ifTrue = holds(op, 1, right);
            boolean ifFalse = holds(op, 0, right);
            if (ifTrue == ifFalse) {
                return new Value.Num(ifTrue ? 1 : 0);
            }
            return ifTrue ? truth : new Value.Truth(truth.sym(), truth.when().complement());
        }
        return Value.UNKNOWN;
    }

    private static boolean holds(String op, long left, long right) {
        return numbers(op, left, right) instanceof Value.Num n && n.value() != 0;
    }

    /** A pointer moved by elements. */
    private static Place shift(Place place, long by) {
        if (by == 0) {
            return place;
        }
        String path = place.path();
        if (path.endsWith("]")) {
            int cut = path.lastIndexOf('[');
            String index = path.substring(cut + 1, path.length() - 1);
            Place array = new Place(place.root(), path.substring(0, cut));
            return array.at(index.equals("*") ? "[*]" : "[" + (Long.parseLong(index) + by) + "]");
        }
        return place.at("[" + by + "]");
    }

    private static Value numbers(String op, long l, long r) {
        Long value = Integers.binary(op, l, r);
        return value == null ? Value.UNKNOWN : new Value.Num(value);
    }

    /** A value that is converted to a type: only numbers change. */
    static Value converted(CType type, Value value) {
        if (value instanceof Value.Num num) {
            long to = Integers.convert(type, num.value());
            return to == num.value() ? value : new Value.Num(to);
        }
        if (value instanceof Value.Pending p) {
            Value then = converted(type, p.then());
            Value otherwise = converted(type, p.otherwise());
            return then == p.then() && otherwise == p.otherwise()
                    ? value
                    : new Value.Pending(p.status(), p.when(), then, otherwise);
        }
        return value;
    }

    /** The value of an operation as C computes it with operands of these types. */
    static Value binary(String op, CType leftType, Value left, CType rightType, Value right) {
        if (left instanceof Value.Num l && right instanceof Value.Num r) {
            Long value = Integers.binary(op, leftType, l.value(), rightType, r.value());
            return value == null ? Value.UNKNOWN : new Value.Num(value);
        }
        if (left instanceof Value.Pending p) {
            return new Value.Pending(
                    p.status(),
                    p.when(),
                    binary(op, leftType, p.then(), rightType, right),
                    binary(op, leftType, p.otherwise(), rightType, right));
        }
        if (right instanceof Value.Pending p) {
            return new Value.Pending(
                    p.status(),
                    p.when(),
                    binary(op, leftType, left, rightType, p.then()),
                    binary(op, leftType, left, rightType, p.otherwise()));
        }
        if (left instanceof Value.Num l) {
            return binary(op, constant(op, leftType, l.value(), rightType), right);
        }
        if (right instanceof Value.Num r) {
            return binary(op, left, constant(op, rightType, r.value(), leftType));
        }
        return binary(op, left, right);
    }

    /**
     * A constant as it meets something that is not known.
     *
     * @param other the type of that
     */
    private static Value constant(String op, CType type, long value, CType other) {
        CType common = Integers.common(type, other);
        if (common.size() != 4 || !(common.plain() instanceof CType.Int)) {
            return new Value.Num(value);
        }
        long converted = Integers.convert(common, Integers.convert(type, value));
        long signed = Integers.convert(CType.INT, converted);
        return switch (op) {
            // To add 0xFFFFFFFF is to take 1 away.
            case "+", "-" -> new Value.Num(signed);
            case "==", "!=" ->
                    new Value.Num(
                            Integers.isUnsigned(Integers.promoted(other)) ? converted : signed);
            // What is negative is larger than it then, and larger numbers are not told from it.
            case "<", ">", "<=", ">=" ->
                    converted != signed && !Integers.isUnsigned(Integers.promoted(other))
                            ? Value.UNKNOWN
                            : new Value.Num(converted);
            default -> new Value.Num(converted);
        };
    }
}
