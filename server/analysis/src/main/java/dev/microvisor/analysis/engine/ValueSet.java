package dev.microvisor.analysis.engine;

/**
 * The numbers that something can still be: exactly for 0 to 62, where all statuses lie, and by
 * bounds for the rest. Bit 63 stands for every other number.
 *
 * @param bits bit {@code n} is set when {@code n} is possible
 * @param low no number below is possible
 * @param high no number above is possible
 */
public record ValueSet(long bits, long low, long high) {
    public static final ValueSet ALL = new ValueSet(-1L, Long.MIN_VALUE, Long.MAX_VALUE);
    public static final ValueSet NONZERO = ALL.without(0);
    public static final ValueSet ZERO = of(0);
    private static final int EXACT = 63;
    private static final long OTHER = 1L << EXACT;

    public static ValueSet of(long value) {
        return new ValueSet(bit(value), value, value);
    }

    /** The numbers whose bits are set. */
    public static ValueSet ofBits(long bits) {
        return bounded(bits & ~OTHER, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static long bit(long value) {
        return value >= 0 && value < EXACT ? 1L << value : OTHER;
    }

    /** Makes bits and bounds agree. */
    private static ValueSet bounded(long bits, long low, long high) {
        long kept = bits;
        if (low > 0) {
            kept &= low >= EXACT ? OTHER : -1L << low;
        }
        if (high < EXACT - 1) {
            long below = high < 0 ? 0 : (1L << (high + 1)) - 1;
            kept &= below | OTHER;
        }
        if (low >= 0 && high < EXACT) {
            kept &= ~OTHER;
        }
        long newLow = low;
        long newHigh = high;
        if ((kept & OTHER) == 0 && kept != 0) {
            newLow = Math.max(low, Long.numberOfTrailingZeros(kept));
            newHigh = Math.min(high, 63 - Long.numberOfLeadingZeros(kept));
        }
        return new ValueSet(kept, newLow, newHigh);
    }

    public boolean isEmpty() {
        return bits == 0 || low > high;
    }

    public boolean contains(long value) {
        return value >= low && value <= high && (bits & bit(value)) != 0;
    }

    public boolean isOnly(long value) {
        return equals(of(value));
    }

    public boolean within(ValueSet other) {
        return (bits & ~other.bits) == 0 && low >= other.low && high <= other.high;
    }

    public boolean disjoint(ValueSet other) {
        return and(other).isEmpty();
    }

    public ValueSet and(ValueSet other) {
        return bounded(bits & other.bits, Math.max(low, other.low), Math.min(high, other.high));
    }

    public ValueSet or(ValueSet other) {
        if (isEmpty()) {
            return other;
        }
        return other.isEmpty()
                ? this
                : bounded(bits | other.bits, Math.min(low, other.low), Math.max(high, other.high));
    }

    public ValueSet without(long value) {
        long newLow = value == low ? low + 1 : low;
        long newHigh = value == high ? high - 1 : high;
        long gone = value >= 0 && value < EXACT ? bit(value) : 0;
        return bounded(bits & ~gone, newLow, newHigh);
    }

    /** Everything that is not in this set; exact for sets of small numbers, else all. */
    public ValueSet complement() {
        boolean exact = (bits & OTHER) == 0;
        if (exact) {
            ValueSet rest = new ValueSet(~bits, Long.MIN_VALUE, Long.MAX_VALUE);
            return rest;
        }
        if (low == Long.MIN_VALUE && high == Long.MAX_VALUE) {
            return bounded(~bits & ~OTHER, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (low == Long.MIN_VALUE && high < Long.MAX_VALUE) {
            return ALL.compare(">", high);
        }
        return high == Long.MAX_VALUE && low > Long.MIN_VALUE ? ALL.compare("<", low) : ALL;
    }

    /** What is left after {@code number op value} was true. */
    public ValueSet compare(String op, long value) {
        return switch (op) {
            case "==" -> and(of(value));
            case "!=" -> without(value);
            case "<" ->
                    value == Long.MIN_VALUE
                            ? of(0).without(0)
                            : bounded(bits, low, Math.min(high, value - 1));
            case "<=" -> bounded(bits, low, Math.min(high, value));
            case ">" ->
                    value == Long.MAX_VALUE
                            ? of(0).without(0)
                            : bounded(bits, Math.max(low, value + 1), high);
            case ">=" -> bounded(bits, Math.max(low, value), high);
            default -> this;
        };
    }
}
