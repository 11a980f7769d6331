package dev.microvisor.analysis.engine;

/**
 * The numbers that something can still be: exactly for 0 to 62, where all statuses lie, and by
 * bounds for the rest, of which one may be left out. Bit 63 stands for every other number.
 *
 * @param bits bit {@code n} is set when {@code n} is possible
 * @param low no number below is possible
 * @param high no number above is possible
 * @param hole a number outside of 0 to 62 that is not possible, such as the 200 of {@code code !=
 *     200}; 0 when there is none
 */
public record ValueSet(long bits, long low, long high, long hole) {
    private static final long NO_HOLE = 0;
    public static final ValueSet ALL = new ValueSet(-1L, Long.MIN_VALUE, Long.MAX_VALUE, NO_HOLE);
    public static final ValueSet NONZERO = ALL.without(0);
    public static final ValueSet ZERO = of(0);
    private static final int EXACT = 63;
    private static final long OTHER = 1L << EXACT;

    public static ValueSet of(long value) {
        return new ValueSet(bit(value), value, value, NO_HOLE);
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
        return bounded(bits, low, high, NO_HOLE);
    }

    private static ValueSet bounded(long bits, long low, long high, long hole) {
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
        boolean inside = hole != NO_HOLE && hole >= newLow && hole <= newHigh;
        return new ValueSet(kept, newLow, newHigh, inside ? hole : NO_HOLE);
    }

    public boolean isEmpty() {
        return bits == 0 || low > high || (low == high && hole == low && hole != NO_HOLE);
    }

    public boolean contains(long value) {
        return value >= low
                && value <= high
                && (bits & bit(value)) != 0
                && (value != hole || hole == NO_HOLE);
    }

    public boolean isOnly(long value) {
        return equals(of(value));
    }

    public boolean within(ValueSet other) {
        return (bits & ~other.bits) == 0
                && low >= other.low
                && high <= other.high
                && (other.hole == NO_HOLE || !contains(other.hole));
    }

    public boolean disjoint(ValueSet other) {
        return and(other).isEmpty();
    }

    public ValueSet and(ValueSet other) {
        return bounded(
                bits & other.bits,
                Math.max(low, other.low),
                Math.min(high, other.high),
                hole == NO_HOLE ? other.hole : hole);
    }

    public ValueSet or(ValueSet other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        long shared = hole != NO_HOLE && !other.contains(hole) ? hole : NO_HOLE;
        if (shared == NO_HOLE && other.hole != NO_HOLE && !contains(other.hole)) {
            shared = other.hole;
        }
        return bounded(
                bits | other.bits, Math.min(low, other.low), Math.max(high, other.high), shared);
    }

    public ValueSet without(long value) {
        long newLow = value == low ? low + 1 : low;
        long newHigh = value == high ? high - 1 : high;
        boolean small = value >= 0 && value < EXACT;
        long gone = small ? bit(value) : 0;
        return bounded(bits & ~gone, newLow, newHigh, small || hole != NO_HOLE ? hole : value);
    }

    /** Everything that is not in this set, and perhaps more. */
    public ValueSet complement() {
        if ((bits & OTHER) == 0) {
            return new ValueSet(~bits, Long.MIN_VALUE, Long.MAX_VALUE, NO_HOLE);
        }
        if (low == high) {
            return ALL.without(low);
        }
        ValueSet rest = bounded(~bits & ~OTHER, low, high);
        if (hole != NO_HOLE) {
            rest = rest.or(of(hole));
        }
        if (low > Long.MIN_VALUE) {
            rest = rest.or(ALL.compare("<", low));
        }
        return high < Long.MAX_VALUE ? rest.or(ALL.compare(">", high)) : rest;
    }

    /** What is left after {@code number op value} was true. */
    public ValueSet compare(String op, long value) {
        return switch (op) {
            case "==" -> and(of(value));
            case "!=" -> without(value);
            case "<" ->
                    value == Long.MIN_VALUE
                            ? of(0).without(0)
                            : bounded(bits, low, Math.min(high, value - 1), hole);
            case "<=" -> bounded(bits, low, Math.min(high, value), hole);
            case ">" ->
                    value == Long.MAX_VALUE
                            ? of(0).without(0)
                            : bounded(bits, Math.max(low, value + 1), high, hole);
            case ">=" -> bounded(bits, Math.max(low, value), high, hole);
            default -> this;
        };
    }
}
