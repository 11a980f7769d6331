package dev.microvisor.emulator.core;

/**
 * Data-processing operations with two operands, numbered as in the Thumb-32 opcode field; the
 * numbers unused there hold the forms without a destination or first operand.
 */
public final class Alu {
    public static final int AND = 0;
    public static final int BIC = 1;
    public static final int ORR = 2;
    public static final int ORN = 3;
    public static final int EOR = 4;
    public static final int MOV = 5;
    public static final int MVN = 6;
    public static final int TST = 7;
    public static final int ADD = 8;
    public static final int TEQ = 9;
    public static final int ADC = 10;
    public static final int SBC = 11;
    public static final int CMP = 12;
    public static final int SUB = 13;
    public static final int RSB = 14;
    public static final int CMN = 15;

    private Alu() {}

    /** True for the operations that only set flags. */
    public static boolean comparesOnly(int alu) {
        return alu == TST || alu == TEQ || alu == CMP || alu == CMN;
    }

    /** True for the operations whose carry flag comes from the shifter. */
    public static boolean isLogical(int alu) {
        return alu <= TST || alu == TEQ;
    }

    /** True for the operations without a first operand. */
    public static boolean ignoresFirst(int alu) {
        return alu == MOV || alu == MVN;
    }

    public static int result(int alu, int x, int y, int carryIn) {
        return switch (alu) {
            case AND, TST -> x & y;
            case BIC -> x & ~y;
            case ORR -> x | y;
            case ORN -> x | ~y;
            case EOR, TEQ -> x ^ y;
            case MOV -> y;
            case MVN -> ~y;
            case ADD, CMN -> x + y;
            case ADC -> x + y + carryIn;
            case SBC -> x - y - 1 + carryIn;
            case CMP, SUB -> x - y;
            case RSB -> y - x;
            default -> throw new IllegalStateException("alu operation " + alu);
        };
    }

    /** Carry flag of an arithmetic operation. */
    public static int carry(int alu, int x, int y, int carryIn) {
        return switch (alu) {
            case ADD, CMN -> carryOfAdd(x, x + y);
            case ADC -> carryOfAdc(x, y, carryIn);
            case SBC -> carryOfAdc(x, ~y, carryIn);
            case CMP, SUB -> carryOfSub(x, y);
            case RSB -> carryOfSub(y, x);
            default -> throw new IllegalStateException("alu operation " + alu);
        };
    }

    /** Overflow of an arithmetic operation, in the sign bit. */
    public static int overflow(int alu, int x, int y, int result) {
        return switch (alu) {
            case ADD, CMN, ADC -> overflowOfAdd(x, y, result);
            case SBC, CMP, SUB -> overflowOfSub(x, y, result);
            case RSB -> overflowOfSub(y, x, result);
            default -> throw new IllegalStateException("alu operation " + alu);
        };
    }

    public static int carryOfAdd(int x, int sum) {
        return Integer.compareUnsigned(sum, x) < 0 ? 1 : 0;
    }

    public static int carryOfAdc(int x, int y, int carryIn) {
        return (int) (((x & 0xFFFF_FFFFL) + (y & 0xFFFF_FFFFL) + carryIn) >>> 32);
    }

    /** The carry flag of an addition, with or without another carry, in the sign bit. */
    static int signOfCarryOfAdd(int x, int y, int sum) {
        return (x & y) | ((x | y) & ~sum);
    }

    /** The carry flag of a subtraction, with or without another borrow, in the sign bit. */
    static int signOfCarryOfSub(int x, int y, int difference) {
        return (x & ~y) | ~((x ^ y) | difference);
    }

    /** The carry flag of a subtraction means "no borrow". */
    public static int carryOfSub(int x, int y) {
        return Integer.compareUnsigned(x, y) >= 0 ? 1 : 0;
    }

    public static int overflowOfAdd(int x, int y, int result) {
        return (x ^ result) & (y ^ result);
    }

    public static int overflowOfSub(int x, int y, int result) {
        return (x ^ y) & (x ^ result);
    }
}
