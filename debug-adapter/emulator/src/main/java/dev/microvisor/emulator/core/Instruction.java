package dev.microvisor.emulator.core;

/**
 * A decoded instruction packed into a {@code long}: the upper half is the immediate, the lower half
 * holds operation, registers and size. Zero means "not decoded yet".
 */
public final class Instruction {
    public static final int OP_MASK = 0x1FF;

    /** Set when the instruction was decoded as standing in an IT block. */
    public static final int IN_IT = 1 << 9;

    public static final int RD_SHIFT = 10;
    public static final int RN_SHIFT = 14;
    public static final int RM_SHIFT = 18;
    public static final int RA_SHIFT = 22;

    /** Set for instructions of 32 bits. */
    public static final int WIDE = 1 << 26;

    private Instruction() {}

    public static long pack(int op, int rd, int rn, int rm, int ra, int imm) {
        return (long) imm << 32
                | op
                | rd << RD_SHIFT
                | rn << RN_SHIFT
                | rm << RM_SHIFT
                | ra << RA_SHIFT;
    }

    public static int op(int low) {
        return low & OP_MASK;
    }

    public static int rd(int low) {
        return low >>> RD_SHIFT & 15;
    }

    public static int rn(int low) {
        return low >>> RN_SHIFT & 15;
    }

    public static int rm(int low) {
        return low >>> RM_SHIFT & 15;
    }

    public static int ra(int low) {
        return low >>> RA_SHIFT & 15;
    }

    public static int sizeBytes(int low) {
        return (low & WIDE) != 0 ? 4 : 2;
    }
}
