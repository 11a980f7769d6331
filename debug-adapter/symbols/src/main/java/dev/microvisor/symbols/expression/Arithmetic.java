package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.EnumType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.value.Value;

/** Operators on numbers, with C's conversions (C17 section 6.3.1.8) for a 32-bit Arm. */
final class Arithmetic {
    private Arithmetic() {}

    static boolean isReal(Type type) {
        return type instanceof BaseType && ((BaseType) type).isFloating();
    }

    static boolean isNumber(Type type) {
        return type instanceof EnumType
                || (type instanceof BaseType
                        && ((BaseType) type).encoding() != BaseType.Encoding.COMPLEX);
    }

    /** The type that a number has in a calculation: at least {@code int}. */
    static BaseType promoted(Type type, boolean bitField) {
        if (isReal(type)) {
            return (BaseType) type;
        }
        boolean signed =
                type instanceof EnumType
                        ? ((EnumType) type).isSigned()
                        : ((BaseType) type).isSigned();
        if (type.sizeBytes() > 4) {
            return signed ? BaseType.LONG_LONG : BaseType.UNSIGNED_LONG_LONG;
        }
        boolean keepsUnsigned = !signed && type.sizeBytes() == 4 && !bitField;
        return keepsUnsigned ? BaseType.UNSIGNED_INT : BaseType.INT;
    }

    static BaseType common(BaseType left, BaseType right) {
        if (left.isFloating() || right.isFloating()) {
            boolean wide =
                    (left.isFloating() && left.sizeBytes() > 4)
                            || (right.isFloating() && right.sizeBytes() > 4);
            return wide ? BaseType.DOUBLE : BaseType.FLOAT;
        }
        if (left.sizeBytes() > 4 || right.sizeBytes() > 4) {
            boolean unsigned =
                    (left.sizeBytes() > 4 && !left.isSigned())
                            || (right.sizeBytes() > 4 && !right.isSigned());
            return unsigned ? BaseType.UNSIGNED_LONG_LONG : BaseType.LONG_LONG;
        }
        return left.isSigned() && right.isSigned() ? BaseType.INT : BaseType.UNSIGNED_INT;
    }

    private static Value whole(BaseType type, long bits, ExpressionContext context) {
        return Value.of(type, bits, context);
    }

    static Value truth(boolean value, ExpressionContext context) {
        return whole(BaseType.INT, value ? 1 : 0, context);
    }

    static Value unary(String operator, Value operand) {
        ExpressionContext context = operand.context();
        BaseType type = promoted(operand.type().resolved(), operand.isBitField());
        if (type.isFloating()) {
            if (operator.equals("~")) {
                throw new ExpressionException("'~' needs a whole number");
            }
            double number = operand.asDouble();
            return Value.ofReal(type, operator.equals("-") ? -number : number, context);
        }
        long number = operand.asLong();
        switch (operator) {
            case "-":
                return whole(type, -number, context);
            case "~":
                return whole(type, ~number, context);
            default:
                return whole(type, number, context);
        }
    }

    static Value binary(String operator, Value left, Value right) {
        ExpressionContext context = left.context();
        BaseType leftType = promoted(left.type().resolved(), left.isBitField());
        BaseType rightType = promoted(right.type().resolved(), right.isBitField());
        if (operator.equals("<<") || operator.equals(">>")) {
            return shift(operator, left, leftType, right, rightType);
        }
        BaseType type = common(leftType, rightType);
        if (type.isFloating()) {
            return real(operator, left.asDouble(), right.asDouble(), type, context);
        }
        int bits = (int) (8 * type.sizeBytes());
        long a = extend(left.asLong(), type, bits);
        long b = extend(right.asLong(), type, bits);
        boolean signed = type.isSigned();
        switch (operator) {
            case "+":
                return whole(type, a + b, context);
            case "-":
                return whole(type, a - b, context);
            case "*":
                return whole(type, a * b, context);
            case "/":
                checkDivisor(b);
                return whole(type, signed ? a / b : Long.divideUnsigned(a, b), context);
            case "%":
                checkDivisor(b);
                return whole(type, signed ? a % b : Long.remainderUnsigned(a, b), context);
            case "&":
                return whole(type, a & b, context);
            case "|":
                return whole(type, a | b, context);
            case "^":
                return whole(type, a ^ b, context);
            default:
                int order = signed ? Long.compare(a, b) : Long.compareUnsigned(a, b);
                return truth(compare(operator, order), context);
        }
    }

    private static long extend(long number, BaseType type, int bits) {
        return type.isSigned() ? Bits.signExtend(number, bits) : Bits.zeroExtend(number, bits);
    }

    private static Value shift(
            String operator, Value left, BaseType type, Value right, BaseType rightType) {
        if (type.isFloating() || rightType.isFloating()) {
            throw new ExpressionException("'" + operator + "' needs whole numbers");
        }
        int bits = (int) (8 * type.sizeBytes());
        long count = right.asLong();
        if (count < 0 || count >= bits) {
            throw new ExpressionException(
                    "a shift by " + count + " is outside the " + bits + " bits of the number");
        }
        long number = extend(left.asLong(), type, bits);
        long result =
                operator.equals("<<")
                        ? number << count
                        : type.isSigned() ? number >> count : number >>> count;
        return whole(type, result, left.context());
    }

    private static Value real(
            String operator, double a, double b, BaseType type, ExpressionContext context) {
        switch (operator) {
            case "+":
                return Value.ofReal(type, a + b, context);
            case "-":
                return Value.ofReal(type, a - b, context);
            case "*":
                return Value.ofReal(type, a * b, context);
            case "/":
                return Value.ofReal(type, a / b, context);
            case "%":
            case "&":
            case "|":
            case "^":
                throw new ExpressionException("'" + operator + "' needs whole numbers");
            default:
                break;
        }
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return truth(operator.equals("!="), context);
        }
        return truth(compare(operator, a < b ? -1 : a > b ? 1 : 0), context);
    }

    static boolean compare(String operator, int order) {
        switch (operator) {
            case "==":
                return order == 0;
            case "!=":
                return order != 0;
            case "<":
                return order < 0;
            case ">":
                return order > 0;
            case "<=":
                return order <= 0;
            case ">=":
                return order >= 0;
            default:
                throw new ExpressionException("'" + operator + "' is not supported");
        }
    }

    private static void checkDivisor(long divisor) {
        if (divisor == 0) {
            throw new ExpressionException("division by zero");
        }
    }
}
