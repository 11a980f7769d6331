package dev.microvisor.analysis.engine;

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

    static Value numbers(String op, long l, long r) {
        return switch (op) {
            case "+" -> new Value.Num(l + r);
            case "-" -> new Value.Num(l - r);
            case "*" -> new Value.Num(l * r);
            case "/" -> r == 0 ? Value.UNKNOWN : new Value.Num(l / r);
            case "%" -> r == 0 ? Value.UNKNOWN : new Value.Num(l % r);
            case "&" -> new Value.Num(l & r);
            case "|" -> new Value.Num(l | r);
            case "^" -> new Value.Num(l ^ r);
            case "<<" -> r < 0 || r > 62 ? Value.UNKNOWN : new Value.Num(l << r);
            case ">>" -> r < 0 || r > 62 ? Value.UNKNOWN : new Value.Num(l >> r);
            case "==" -> new Value.Num(l == r ? 1 : 0);
            case "!=" -> new Value.Num(l != r ? 1 : 0);
            case "<" -> new Value.Num(l < r ? 1 : 0);
            case ">" -> new Value.Num(l > r ? 1 : 0);
            case "<=" -> new Value.Num(l <= r ? 1 : 0);
            case ">=" -> new Value.Num(l >= r ? 1 : 0);
            default -> Value.UNKNOWN;
        };
    }
}
