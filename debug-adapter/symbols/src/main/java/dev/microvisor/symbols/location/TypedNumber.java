package dev.microvisor.symbols.location;

import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.target.Bits;

/**
 * A number on the expression stack.
 *
 * @param value the bits, extended as the type says
 */
record TypedNumber(long value, NumberType type) {

    TypedNumber with(long bits) {
        return type.number(bits);
    }

    byte[] toBytes() {
        // A generic stack value may stand for a 64-bit variable; its upper half is the sign.
        return type.generic() ? Bits.bytes((int) value, 8) : Bits.bytes(value, type.sizeBytes());
    }

    private double real() {
        return type.sizeBytes() == 4
                ? Float.intBitsToFloat((int) value)
                : Double.longBitsToDouble(value);
    }

    private TypedNumber ofReal(double result) {
        return type.number(
                type.sizeBytes() == 4
                        ? Float.floatToRawIntBits((float) result)
                        : Double.doubleToRawLongBits(result));
    }

    /** The generic type's numbers are signed where the standard says so. */
    private long signedValue() {
        return type.generic() ? (int) value : value;
    }

    TypedNumber unary(int op) {
        if (type.floating()) {
            return ofReal(op == 0x19 ? Math.abs(real()) : -real());
        }
        switch (op) {
            case 0x19: // DW_OP_abs
                return with(Math.abs(signedValue()));
            case 0x1F: // DW_OP_neg
                return with(-value);
            default: // DW_OP_not
                return with(~value);
        }
    }

    TypedNumber binary(int op, TypedNumber right) {
        if (type.floating()) {
            return floating(op, right);
        }
        long a = value;
        long b = right.value;
        int width = 8 * type.sizeBytes();
        switch (op) {
            case 0x1A: // DW_OP_and
                return with(a & b);
            case 0x1B: // DW_OP_div
                checkDivisor(b);
                return type.generic() || type.signed()
                        ? with(signedValue() / right.signedValue())
                        : with(Long.divideUnsigned(a, b));
            case 0x1C: // DW_OP_minus
                return with(a - b);
            case 0x1D: // DW_OP_mod
                checkDivisor(b);
                return type.signed() ? with(a % b) : with(Long.remainderUnsigned(a, b));
            case 0x1E: // DW_OP_mul
                return with(a * b);
            case 0x21: // DW_OP_or
                return with(a | b);
            case 0x22: // DW_OP_plus
                return with(a + b);
            case 0x24: // DW_OP_shl
                return with(b < 0 || b >= width ? 0 : a << b);
            case 0x25: // DW_OP_shr
                return with(b < 0 || b >= width ? 0 : Bits.zeroExtend(a, width) >>> b);
            case 0x26: // DW_OP_shra
                long shift = b < 0 || b >= width ? width - 1 : b;
                return with(Bits.signExtend(a, width) >> shift);
            case 0x27: // DW_OP_xor
                return with(a ^ b);
            default:
                return truth(compare(op, Long.compare(signedValue(), right.signedValue())));
        }
    }

    private TypedNumber floating(int op, TypedNumber right) {
        double a = real();
        double b = right.real();
        switch (op) {
            case 0x1B: // DW_OP_div
                return ofReal(a / b);
            case 0x1C: // DW_OP_minus
                return ofReal(a - b);
            case 0x1E: // DW_OP_mul
                return ofReal(a * b);
            case 0x22: // DW_OP_plus
                return ofReal(a + b);
            default:
                return truth(compare(op, Double.compare(a, b)));
        }
    }

    private static boolean compare(int op, int order) {
        switch (op) {
            case 0x29: // DW_OP_eq
                return order == 0;
            case 0x2A: // DW_OP_ge
                return order >= 0;
            case 0x2B: // DW_OP_gt
                return order > 0;
            case 0x2C: // DW_OP_le
                return order <= 0;
            case 0x2D: // DW_OP_lt
                return order < 0;
            case 0x2E: // DW_OP_ne
                return order != 0;
            default:
                throw new MalformedException(String.format("operation 0x%02x on numbers", op));
        }
    }

    private static TypedNumber truth(boolean value) {
        return NumberType.GENERIC.number(value ? 1 : 0);
    }

    private static void checkDivisor(long divisor) {
        if (divisor == 0) {
            throw new UnavailableException("the location expression divides by zero");
        }
    }

    TypedNumber convert(NumberType target) {
        if (type.floating() && !target.floating()) {
            return target.number((long) real());
        }
        if (!type.floating() && target.floating()) {
            return new TypedNumber(0, target).ofReal(signedValue());
        }
        if (type.floating()) {
            return new TypedNumber(0, target).ofReal(real());
        }
        return target.number(value);
    }
}
