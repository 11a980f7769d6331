package dev.microvisor.emulator.core;

/**
 * IEEE 754 single precision as the Armv8-M manual defines it, with all rounding modes,
 * flush-to-zero, default NaN and exact cumulative flags.
 *
 * <p>Operands and results are bits. A {@code long} result holds the value in the lower and the
 * raised FPSCR flags in the upper half, so that nothing is allocated. A finite number is worked on
 * as {@code significand * 2^exponent} with a 64-bit significand whose lowest bit is sticky.
 */
final class SoftFloat {
    static final int IOC = 1;
    static final int DZC = 2;
    static final int OFC = 4;
    static final int UFC = 8;
    static final int IXC = 16;
    static final int IDC = 128;

    static final int FPSCR_FZ = 1 << 24;
    static final int FPSCR_DN = 1 << 25;
    static final int FPSCR_AHP = 1 << 26;
    static final int FPSCR_RMODE_SHIFT = 22;

    /** Rounding modes, as FPSCR.RMode numbers them; the last is for conversions only. */
    static final int NEAREST = 0;

    static final int UP = 1;
    static final int DOWN = 2;
    static final int ZERO = 3;
    static final int NEAREST_AWAY = 4;

    private static final int SIGN = 1 << 31;
    private static final int INFINITY = 0x7F80_0000;
    private static final int DEFAULT_NAN = 0x7FC0_0000;
    private static final int QUIET = 0x40_0000;
    private static final int FRACTION = 0x7F_FFFF;
    private static final int IMPLICIT_ONE = 0x80_0000;
    private static final int MIN_EXPONENT = -149;
    private static final long VALUE = 0xFFFF_FFFFL;

    private SoftFloat() {}

    static int roundingMode(int fpscr) {
        return fpscr >>> FPSCR_RMODE_SHIFT & 3;
    }

    // ---------------------------------------------------------------- arithmetic

    static long add(int x, int y, int fpscr) {
        int flags = denormalFlags(x, fpscr) | denormalFlags(y, fpscr);
        int a = flush(x, fpscr);
        int b = flush(y, fpscr);
        if (isNan(a) || isNan(b)) {
            return withFlags(propagate(a, b, fpscr), flags);
        }
        if (isInfinite(a) || isInfinite(b)) {
            boolean opposite = isInfinite(a) && isInfinite(b) && a != b;
            return opposite ? invalid(flags) : result(isInfinite(a) ? a : b, flags);
        }
        if (isZero(a) && isZero(b)) {
            return withFlags(zeroSum(a, b, fpscr), flags);
        }
        return withFlags(
                sum(a < 0, exponent(a), significand(a), b < 0, exponent(b), significand(b), fpscr),
                flags);
    }

    static long subtract(int x, int y, int fpscr) {
        // A NaN keeps its sign.
        return isNan(y) ? add(x, y, fpscr) : add(x, y ^ SIGN, fpscr);
    }

    static long multiply(int x, int y, int fpscr) {
        int flags = denormalFlags(x, fpscr) | denormalFlags(y, fpscr);
        int a = flush(x, fpscr);
        int b = flush(y, fpscr);
        if (isNan(a) || isNan(b)) {
            return withFlags(propagate(a, b, fpscr), flags);
        }
        int sign = (a ^ b) & SIGN;
        if (isInfinite(a) || isInfinite(b)) {
            return isZero(a) || isZero(b) ? invalid(flags) : result(sign | INFINITY, flags);
        }
        if (isZero(a) || isZero(b)) {
            return result(sign, flags);
        }
        long product = significand(a) * significand(b);
        return withFlags(round(sign != 0, exponent(a) + exponent(b), product, fpscr), flags);
    }

    static long divide(int x, int y, int fpscr) {
        int flags = denormalFlags(x, fpscr) | denormalFlags(y, fpscr);
        int a = flush(x, fpscr);
        int b = flush(y, fpscr);
        if (isNan(a) || isNan(b)) {
            return withFlags(propagate(a, b, fpscr), flags);
        }
        int sign = (a ^ b) & SIGN;
        if ((isInfinite(a) && isInfinite(b)) || (isZero(a) && isZero(b))) {
            return invalid(flags);
        }
        if (isInfinite(a)) {
            return result(sign | INFINITY, flags);
        }
        if (isZero(b)) {
            return result(sign | INFINITY, flags | DZC);
        }
        if (isZero(a) || isInfinite(b)) {
            return result(sign, flags);
        }
        int shift = Long.numberOfLeadingZeros(significand(a)) - 1;
        long dividend = significand(a) << shift;
        long quotient = dividend / significand(b);
        if (quotient * significand(b) != dividend) {
            quotient |= 1;
        }
        return withFlags(
                round(sign != 0, exponent(a) - shift - exponent(b), quotient, fpscr), flags);
    }

    static long squareRoot(int x, int fpscr) {
        int flags = denormalFlags(x, fpscr);
        int a = flush(x, fpscr);
        if (isNan(a)) {
            return withFlags(propagate(a, a, fpscr), flags);
        }
        if (isZero(a) || a == INFINITY) {
            return result(a, flags);
        }
        if (a < 0) {
            return invalid(flags);
        }
        int shift = Long.numberOfLeadingZeros(significand(a)) - 2;
        if ((exponent(a) - shift & 1) != 0) {
            shift++;
        }
        long radicand = significand(a) << shift;
        long root = (long) Math.sqrt((double) radicand);
        while (root * root > radicand) {
            root--;
        }
        while ((root + 1) * (root + 1) <= radicand) {
            root++;
        }
        // Room below for a sticky bit.
        long significand = root << 2 | (root * root == radicand ? 0 : 1);
        return withFlags(round(false, (exponent(a) - shift) / 2 - 2, significand, fpscr), flags);
    }

    /** {@code addend + x * y} with one rounding. */
    static long multiplyAdd(int addend, int x, int y, int fpscr) {
        int flags =
                denormalFlags(addend, fpscr) | denormalFlags(x, fpscr) | denormalFlags(y, fpscr);
        int c = flush(addend, fpscr);
        int a = flush(x, fpscr);
        int b = flush(y, fpscr);
        boolean invalidProduct = (isInfinite(a) && isZero(b)) || (isZero(a) && isInfinite(b));
        if (isNan(a) || isNan(b) || isNan(c)) {
            if (isNan(c) && isQuiet(c) && invalidProduct) {
                return invalid(flags);
            }
            return withFlags(propagate3(c, a, b, fpscr), flags);
        }
        int sign = (a ^ b) & SIGN;
        boolean infiniteProduct = isInfinite(a) || isInfinite(b);
        if (invalidProduct || (infiniteProduct && isInfinite(c) && (c & SIGN) != sign)) {
            return invalid(flags);
        }
        if (infiniteProduct || isInfinite(c)) {
            return result(isInfinite(c) ? c : sign | INFINITY, flags);
        }
        if (isZero(a) || isZero(b)) {
            return isZero(c)
                    ? withFlags(zeroSum(sign, c, fpscr), flags)
                    : withFlags(round(c < 0, exponent(c), significand(c), fpscr), flags);
        }
        long product = significand(a) * significand(b);
        int exponent = exponent(a) + exponent(b);
        if (isZero(c)) {
            return withFlags(round(sign != 0, exponent, product, fpscr), flags);
        }
        return withFlags(
                sum(sign != 0, exponent, product, c < 0, exponent(c), significand(c), fpscr),
                flags);
    }

    /** Sum of two numbers that are not zero. */
    private static long sum(
            boolean negativeA, int ea, long a, boolean negativeB, int eb, long b, int fpscr) {
        int shiftA = Long.numberOfLeadingZeros(a) - 2;
        int shiftB = Long.numberOfLeadingZeros(b) - 2;
        long x = a << shiftA;
        long y = b << shiftB;
        int exponentX = ea - shiftA;
        int exponentY = eb - shiftB;
        boolean negativeX = negativeA;
        boolean negativeY = negativeB;
        if (exponentX < exponentY || (exponentX == exponentY && x < y)) {
            long swapped = x;
            x = y;
            y = swapped;
            int swappedExponent = exponentX;
            exponentX = exponentY;
            exponentY = swappedExponent;
            negativeX = negativeB;
            negativeY = negativeA;
        }
        y = shiftRightJamming(y, exponentX - exponentY);
        long total = negativeX == negativeY ? x + y : x - y;
        if (total == 0) {
            return roundingMode(fpscr) == DOWN ? SIGN & VALUE : 0;
        }
        return round(negativeX, exponentX, total, fpscr);
    }

    private static long shiftRightJamming(long value, int count) {
        if (count == 0) {
            return value;
        }
        if (count > 62) {
            return value == 0 ? 0 : 1;
        }
        return value >>> count | ((value << (64 - count)) != 0 ? 1 : 0);
    }

    private static long zeroSum(int a, int b, int fpscr) {
        if (((a ^ b) & SIGN) == 0) {
            return a & VALUE;
        }
        return roundingMode(fpscr) == DOWN ? SIGN & VALUE : 0;
    }

    // ---------------------------------------------------------------- comparison, minimum, maximum

    /** FPSCR.NZCV, in bits 31 to 28, with the raised flags in the upper half. */
    static long compare(int x, int y, boolean quietNansToo, int fpscr) {
        int flags = denormalFlags(x, fpscr) | denormalFlags(y, fpscr);
        int a = flush(x, fpscr);
        int b = flush(y, fpscr);
        if (isNan(a) || isNan(b)) {
            boolean signals = quietNansToo || isSignaling(a) || isSignaling(b);
            return result(0x3000_0000, flags | (signals ? IOC : 0));
        }
        float first = Float.intBitsToFloat(a);
        float second = Float.intBitsToFloat(b);
        int nzcv = first == second ? 0x6000_0000 : first < second ? 0x8000_0000 : 0x2000_0000;
        return result(nzcv, flags);
    }

    /** maxNum and minNum of IEEE 754-2008: a quiet NaN counts as missing. */
    static long maximum(int x, int y, boolean minimum, int fpscr) {
        int a = x;
        int b = y;
        int missing = minimum ? INFINITY : SIGN | INFINITY;
        if (isNan(a) && isQuiet(a) && !isNan(b)) {
            a = missing;
        } else if (isNan(b) && isQuiet(b) && !isNan(a)) {
            b = missing;
        }
        int flags = denormalFlags(a, fpscr) | denormalFlags(b, fpscr);
        a = flush(a, fpscr);
        b = flush(b, fpscr);
        if (isNan(a) || isNan(b)) {
            return withFlags(propagate(a, b, fpscr), flags);
        }
        float first = Float.intBitsToFloat(a);
        float second = Float.intBitsToFloat(b);
        float chosen = minimum ? Math.min(first, second) : Math.max(first, second);
        return result(Float.floatToRawIntBits(chosen), flags);
    }

    // ---------------------------------------------------------------- conversion

    /** A signed or unsigned integer, divided by {@code 2^fractionBits}. */
    static long fromInteger(long value, int fractionBits, int fpscr) {
        if (value == 0) {
            return 0;
        }
        return round(value < 0, -fractionBits, Math.abs(value), fpscr);
    }

    /** The value times {@code 2^fractionBits} as an integer, saturated. */
    static long toInteger(int x, int fractionBits, int width, boolean signed, int mode, int fpscr) {
        long min = signed ? -1L << (width - 1) : 0;
        long max = signed ? (1L << (width - 1)) - 1 : (1L << width) - 1;
        int flags = denormalFlags(x, fpscr);
        int a = flush(x, fpscr);
        if (isNan(a)) {
            return result(0, flags | IOC);
        }
        if (isInfinite(a)) {
            return result((int) (a < 0 ? min : max), flags | IOC);
        }
        if (isZero(a)) {
            return result(0, flags);
        }
        int exponent = exponent(a) + fractionBits;
        if (exponent > 38) {
            return result((int) (a < 0 ? min : max), flags | IOC);
        }
        long magnitude = significand(a);
        long whole;
        long rest;
        if (exponent >= 0) {
            whole = magnitude << exponent;
            rest = 0;
        } else {
            long scaled = shiftRightJamming(magnitude << 38, Math.min(-exponent, 62));
            whole = scaled >>> 38;
            rest = scaled << 26;
        }
        if (roundsUp(mode, a < 0, (whole & 1) != 0, rest)) {
            whole++;
        }
        long value = a < 0 ? -whole : whole;
        if (value < min || value > max) {
            return result((int) (value < min ? min : max), flags | IOC);
        }
        return result((int) value, flags | (rest != 0 ? IXC : 0));
    }

    /** Rounds to an integral value in floating point. */
    static long roundToIntegral(int x, int mode, boolean exact, int fpscr) {
        int flags = denormalFlags(x, fpscr);
        int a = flush(x, fpscr);
        if (isNan(a)) {
            return withFlags(propagate(a, a, fpscr), flags);
        }
        if (isInfinite(a) || isZero(a) || exponent(a) >= 0) {
            return result(a, flags);
        }
        long scaled = shiftRightJamming(significand(a) << 38, Math.min(-exponent(a), 62));
        long whole = scaled >>> 38;
        long rest = scaled << 26;
        if (roundsUp(mode, a < 0, (whole & 1) != 0, rest)) {
            whole++;
        }
        int bits = (a & SIGN) | Float.floatToRawIntBits((float) whole);
        return result(bits, flags | (exact && rest != 0 ? IXC : 0));
    }

    static long fromHalf(int half, int fpscr) {
        int sign = half << 16 & SIGN;
        int exponent = half >>> 10 & 31;
        int fraction = half & 0x3FF;
        if (exponent == 31 && (fpscr & FPSCR_AHP) == 0) {
            if (fraction == 0) {
                return result(sign | INFINITY, 0);
            }
            int nan = sign | INFINITY | fraction << 13;
            return withFlags(propagate(nan, nan, fpscr), 0);
        }
        if (exponent == 0) {
            // 10 bits always fit.
            return fraction == 0
                    ? result(sign, 0)
                    : round(sign != 0, -24, fraction, fpscr & ~FPSCR_FZ);
        }
        return result(sign | (exponent + 112) << 23 | fraction << 13, 0);
    }

    static long toHalf(int x, int fpscr) {
        int flags = denormalFlags(x, fpscr);
        int a = flush(x, fpscr);
        boolean alternative = (fpscr & FPSCR_AHP) != 0;
        int sign = a >>> 16 & 0x8000;
        if (isNan(a)) {
            int raised = flags | (alternative || isSignaling(a) ? IOC : 0);
            int payload = (fpscr & FPSCR_DN) != 0 ? 0x7E00 : sign | 0x7E00 | (a >>> 13 & 0x1FF);
            return result(alternative ? sign : payload, raised);
        }
        if (isInfinite(a)) {
            return alternative ? result(sign | 0x7FFF, flags | IOC) : result(sign | 0x7C00, flags);
        }
        if (isZero(a)) {
            return result(sign, flags);
        }
        return withFlags(
                roundToHalf(sign, exponent(a), significand(a), alternative, roundingMode(fpscr)),
                flags);
    }

    private static long roundToHalf(
            int sign, int exponent, long significand, boolean alternative, int mode) {
        int top = exponent + 63 - Long.numberOfLeadingZeros(significand);
        int lowest = Math.max(top - 10, -24);
        int shift = lowest - exponent;
        long scaled = shiftRightJamming(significand << 38, Math.min(shift, 62));
        long kept = scaled >>> 38;
        long rest = scaled << 26;
        int flags = rest != 0 ? IXC : 0;
        if (top < -14 && rest != 0) {
            flags |= UFC;
        }
        if (roundsUp(mode, sign != 0, (kept & 1) != 0, rest)) {
            kept++;
        }
        long bits = kept < 0x400 ? kept : ((long) (lowest + 25) << 10) + (kept - 0x400);
        if (alternative) {
            return bits > 0x7FFF ? result(sign | 0x7FFF, IOC) : result(sign | (int) bits, flags);
        }
        if (bits >= 0x7C00) {
            boolean toInfinity = overflowsToInfinity(mode, sign != 0);
            return result(sign | (toInfinity ? 0x7C00 : 0x7BFF), OFC | IXC);
        }
        return result(sign | (int) bits, flags);
    }

    // ---------------------------------------------------------------- rounding

    /** The nearest single to {@code significand * 2^exponent}, significand positive. */
    private static long round(boolean negative, int exponent, long significand, int fpscr) {
        int sign = negative ? SIGN : 0;
        int mode = roundingMode(fpscr);
        int top = exponent + 63 - Long.numberOfLeadingZeros(significand);
        boolean tiny = top < -126;
        if (tiny && (fpscr & FPSCR_FZ) != 0) {
            return result(sign, UFC);
        }
        int lowest = Math.max(top - 23, MIN_EXPONENT);
        int shift = lowest - exponent;
        long kept;
        long rest;
        if (shift <= 0) {
            kept = significand << -shift;
            rest = 0;
        } else if (shift > 63) {
            kept = 0;
            rest = 1;
        } else {
            kept = significand >>> shift;
            rest = significand << (64 - shift);
        }
        int flags = rest != 0 ? IXC : 0;
        if (tiny && rest != 0) {
            flags |= UFC;
        }
        if (roundsUp(mode, negative, (kept & 1) != 0, rest)) {
            kept++;
        }
        if (kept < IMPLICIT_ONE) {
            return result(sign | (int) kept, flags);
        }
        long bits = ((long) (lowest + 150) << 23) + (kept - IMPLICIT_ONE);
        if (bits >= INFINITY) {
            boolean toInfinity = overflowsToInfinity(mode, negative);
            return result(sign | (toInfinity ? INFINITY : INFINITY - 1), OFC | IXC);
        }
        return result(sign | (int) bits, flags);
    }

    /**
     * @param rest what is cut off, its highest bit worth one half
     */
    private static boolean roundsUp(int mode, boolean negative, boolean odd, long rest) {
        return switch (mode) {
            case NEAREST -> rest < 0 && (odd || rest << 1 != 0);
            case UP -> rest != 0 && !negative;
            case DOWN -> rest != 0 && negative;
            case NEAREST_AWAY -> rest < 0;
            default -> false;
        };
    }

    private static boolean overflowsToInfinity(int mode, boolean negative) {
        return mode == NEAREST || mode == (negative ? DOWN : UP);
    }

    // ---------------------------------------------------------------- bits

    private static long result(int bits, int flags) {
        return (bits & VALUE) | (long) flags << 32;
    }

    private static long withFlags(long result, int flags) {
        return result | (long) flags << 32;
    }

    private static long invalid(int flags) {
        return result(DEFAULT_NAN, flags | IOC);
    }

    static boolean isNan(int x) {
        return (x & ~SIGN) > INFINITY;
    }

    private static boolean isQuiet(int x) {
        return (x & QUIET) != 0;
    }

    private static boolean isSignaling(int x) {
        return isNan(x) && !isQuiet(x);
    }

    private static boolean isInfinite(int x) {
        return (x & ~SIGN) == INFINITY;
    }

    private static boolean isZero(int x) {
        return (x & ~SIGN) == 0;
    }

    private static boolean isDenormal(int x) {
        return (x & INFINITY) == 0 && (x & FRACTION) != 0;
    }

    private static int flush(int x, int fpscr) {
        return (fpscr & FPSCR_FZ) != 0 && isDenormal(x) ? x & SIGN : x;
    }

    private static int denormalFlags(int x, int fpscr) {
        return (fpscr & FPSCR_FZ) != 0 && isDenormal(x) ? IDC : 0;
    }

    private static int exponent(int x) {
        int biased = x >>> 23 & 0xFF;
        return Math.max(biased, 1) - 150;
    }

    private static long significand(int x) {
        return (x & INFINITY) == 0 ? x & FRACTION : (x & FRACTION) | IMPLICIT_ONE;
    }

    /** The NaN that an operation with NaN operands returns: signaling ones go first. */
    private static long propagate(int a, int b, int fpscr) {
        boolean signals = isSignaling(a) || isSignaling(b);
        int chosen = isSignaling(a) ? a : isSignaling(b) ? b : isNan(a) ? a : b;
        return quieted(chosen, signals, fpscr);
    }

    private static long propagate3(int a, int b, int c, int fpscr) {
        boolean signals = isSignaling(a) || isSignaling(b) || isSignaling(c);
        int chosen =
                isSignaling(a)
                        ? a
                        : isSignaling(b) ? b : isSignaling(c) ? c : isNan(a) ? a : isNan(b) ? b : c;
        return quieted(chosen, signals, fpscr);
    }

    private static long quieted(int nan, boolean signals, int fpscr) {
        int value = (fpscr & FPSCR_DN) != 0 ? DEFAULT_NAN : nan | QUIET;
        return result(value, signals ? IOC : 0);
    }
}
