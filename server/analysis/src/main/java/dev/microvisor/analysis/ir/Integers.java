package dev.microvisor.analysis.ir;

/**
 * C's arithmetic on integer constants, as it is on a 32-bit Arm: operands are promoted, brought to
 * one type, and what comes out is a number of that type (C11, 6.3.1 and 6.5).
 */
public final class Integers {
    private static final CType.Int UNSIGNED = new CType.Int("unsigned 32 bit", 4, false);
    private static final CType.Int LONG = new CType.Int("64 bit", 8, true);
    private static final CType.Int UNSIGNED_LONG = new CType.Int("unsigned 64 bit", 8, false);

    private Integers() {}

    /** {@code int} or wider, {@code unsigned} where an {@code int} is too narrow. */
    public static CType promoted(CType type) {
        if (!(type.plain() instanceof CType.Int i)) {
            return type;
        }
        if (i.size() < 4 || (i.size() == 4 && i.signed())) {
            return CType.INT;
        }
        return i.size() == 4 ? UNSIGNED : i.size() > 8 ? i : i.signed() ? LONG : UNSIGNED_LONG;
    }

    /** The type in which two operands are computed; that of the wider when they are no integers. */
    public static CType common(CType left, CType right) {
        CType l = promoted(left);
        CType r = promoted(right);
        boolean same = l.size() == r.size();
        boolean second = same ? isUnsigned(r) && !isUnsigned(l) : r.size() > l.size();
        return second ? r : l;
    }

    /**
     * The type of a literal.
     *
     * @param suffixes the letters at its end
     * @param decimal then it is never unsigned without a {@code u}
     */
    public static CType ofLiteral(long value, String suffixes, boolean decimal) {
        String letters = suffixes.toLowerCase(java.util.Locale.ROOT);
        boolean unsigned = letters.contains("u") || letters.contains("z");
        boolean narrow = value >= 0 && value <= 0xFFFF_FFFFL && !letters.contains("ll");
        if (narrow && !unsigned && value <= Integer.MAX_VALUE) {
            return CType.INT;
        }
        if (narrow && (unsigned || !decimal)) {
            return UNSIGNED;
        }
        return unsigned || value < 0 ? UNSIGNED_LONG : LONG;
    }

    /** A number converted to a type; unchanged when that is no integer's. */
    public static long convert(CType type, long value) {
        if (!(type.plain() instanceof CType.Int to)) {
            return value;
        }
        if (to.name().equals("bool")) {
            return value == 0 ? 0 : 1;
        }
        if (to.size() >= 8 || to.size() < 1) {
            return value;
        }
        int bits = (int) (64 - 8 * to.size());
        return to.signed() ? value << bits >> bits : value << bits >>> bits;
    }

    /** {@code -x}, {@code ~x} or {@code !x}. */
    public static long unary(String op, CType type, long value) {
        return switch (op) {
            case "-" -> convert(promoted(type), -value);
            case "~" -> convert(promoted(type), ~value);
            default -> value == 0 ? 1 : 0;
        };
    }

    /**
     * The value of {@code left op right}, or null when C gives it none: a division by 0, a shift by
     * too much, a signed number that grows too large. Numbers of other types than integers are
     * computed as they are.
     */
    public static Long binary(String op, CType leftType, long left, CType rightType, long right) {
        boolean shift = op.equals("<<") || op.equals(">>");
        CType type = shift ? promoted(leftType) : common(leftType, rightType);
        if (!(leftType.plain() instanceof CType.Int) || !(rightType.plain() instanceof CType.Int)) {
            boolean fraction =
                    leftType.plain() instanceof CType.Floating
                            || rightType.plain() instanceof CType.Floating;
            return fraction && (op.equals("/") || op.equals("%")) ? null : binary(op, left, right);
        }
        long l = convert(type, convert(leftType, left));
        long r = convert(rightType, right);
        if (shift) {
            if (r < 0 || r >= 8 * type.size()) {
                return null;
            }
            return op.equals("<<")
                    ? Long.valueOf(convert(type, l << r))
                    : Long.valueOf(isUnsigned(type) ? l >>> r : l >> r);
        }
        r = convert(type, r);
        if (isUnsigned(type) && type.size() == 8) {
            Long wide = unsigned64(op, l, r);
            if (wide != null) {
                return wide;
            }
        }
        Long value = binary(op, l, r);
        if (value == null) {
            return null;
        }
        long wrapped = convert(type, value);
        return wrapped != value && !isUnsigned(type) ? null : Long.valueOf(wrapped);
    }

    /** What is different for numbers that may have bit 63 set; null for the rest. */
    private static Long unsigned64(String op, long left, long right) {
        return switch (op) {
            case "/" -> right == 0 ? null : Long.valueOf(Long.divideUnsigned(left, right));
            case "%" -> right == 0 ? null : Long.valueOf(Long.remainderUnsigned(left, right));
            case "<" -> truth(Long.compareUnsigned(left, right) < 0);
            case ">" -> truth(Long.compareUnsigned(left, right) > 0);
            case "<=" -> truth(Long.compareUnsigned(left, right) <= 0);
            case ">=" -> truth(Long.compareUnsigned(left, right) >= 0);
            default -> null;
        };
    }

    private static Long truth(boolean value) {
        return value ? 1L : 0L;
    }

    /** The same on numbers of 64 bits, whatever their types. */
    public static Long binary(String op, long left, long right) {
        return switch (op) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> right == 0 ? null : Long.valueOf(left / right);
            case "%" -> right == 0 ? null : Long.valueOf(left % right);
            case "<<" -> right < 0 || right > 62 ? null : Long.valueOf(left << right);
            case ">>" -> right < 0 || right > 62 ? null : Long.valueOf(left >> right);
            case "&" -> left & right;
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "==" -> truth(left == right);
            case "!=" -> truth(left != right);
            case "<" -> truth(left < right);
            case ">" -> truth(left > right);
            case "<=" -> truth(left <= right);
            case ">=" -> truth(left >= right);
            case "&&" -> truth(left != 0 && right != 0);
            case "||" -> truth(left != 0 || right != 0);
            default -> null;
        };
    }

    public static boolean isUnsigned(CType type) {
        return type.plain() instanceof CType.Int i && !i.signed();
    }
}
