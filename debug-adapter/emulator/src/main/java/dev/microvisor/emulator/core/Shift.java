package dev.microvisor.emulator.core;

/** The shifter: value and carry of the manual's {@code Shift_C}. */
public final class Shift {
    public static final int LSL = 0;
    public static final int LSR = 1;
    public static final int ASR = 2;
    public static final int ROR = 3;
    public static final int RRX = 4;

    /** What is not zero in a decoded shift besides its type, when its amount is 32 or more. */
    static final int NO_AMOUNT = ~31;

    private Shift() {}

    /**
     * The operand of an immediate shift: type and amount, with the encodings of 32 and RRX
     * resolved.
     */
    public static int decode(int type, int amount) {
        return switch (type) {
            case LSL -> amount;
            case LSR, ASR -> type << 8 | (amount == 0 ? 32 : amount);
            default -> amount == 0 ? RRX << 8 | 1 : ROR << 8 | amount;
        };
    }

    /** Shifts by 0 to 255. */
    public static int value(int type, int x, int amount, int carryIn) {
        if (amount == 0) {
            return x;
        }
        return switch (type) {
            case LSL -> amount < 32 ? x << amount : 0;
            case LSR -> amount < 32 ? x >>> amount : 0;
            case ASR -> x >> Math.min(amount, 31);
            case ROR -> Integer.rotateRight(x, amount);
            default -> x >>> 1 | carryIn << 31;
        };
    }

    public static int carry(int type, int x, int amount, int carryIn) {
        if (amount == 0) {
            return carryIn;
        }
        return switch (type) {
            case LSL -> amount <= 32 ? x >>> (32 - amount) & 1 : 0;
            case LSR -> amount <= 32 ? x >>> (amount - 1) & 1 : 0;
            case ASR -> x >> Math.min(amount - 1, 31) & 1;
            case ROR -> x >>> (amount - 1 & 31) & 1;
            default -> x & 1;
        };
    }
}
