package dev.microvisor.emulator.core;

/** Parallel addition and subtraction on two halfwords or four bytes. */
final class Parallel {
    /** Operations, as bits 22 to 20 of the encoding number them. */
    private static final int ADD8 = 0;

    private static final int ADD16 = 1;
    private static final int ASX = 2;
    private static final int SUB8 = 4;
    private static final int SUB16 = 5;

    /** Prefixes, as bits 6 to 4 number them: S, Q, SH and with this bit U, UQ, UH. */
    private static final int UNSIGNED = 4;

    private static final int SATURATING = 1;
    private static final int HALVING = 2;

    private Parallel() {}

    static int execute(CpuState cpu, int operation, int prefix, int x, int y) {
        boolean bytes = operation == ADD8 || operation == SUB8;
        int width = bytes ? 8 : 16;
        boolean unsigned = (prefix & UNSIGNED) != 0;
        int result = 0;
        int ge = 0;
        for (int shift = 0; shift < 32; shift += width) {
            boolean upper = shift == 16;
            int first = lane(x, shift, width, unsigned);
            boolean crossed = !bytes && operation != ADD16 && operation != SUB16;
            int second = lane(y, crossed ? 16 - shift : shift, width, unsigned);
            boolean subtract =
                    operation == SUB8
                            || operation == SUB16
                            || (crossed && upper != (operation == ASX));
            int value = subtract ? first - second : first + second;
            boolean laneGe = (unsigned && !subtract) ? value >= 1 << width : value >= 0;
            if (laneGe) {
                ge |= (bytes ? 1 : 3) << (shift / 8);
            }
            result |= (finish(value, prefix, width, unsigned) & ((1 << width) - 1)) << shift;
        }
        if ((prefix & 3) == 0) {
            cpu.ge = ge;
        }
        return result;
    }

    private static int lane(int x, int shift, int width, boolean unsigned) {
        int lane = x << (32 - width - shift);
        return unsigned ? lane >>> (32 - width) : lane >> (32 - width);
    }

    private static int finish(int value, int prefix, int width, boolean unsigned) {
        return switch (prefix & 3) {
            case SATURATING ->
                    unsigned
                            ? Math.max(0, Math.min((1 << width) - 1, value))
                            : Math.max(-1 << (width - 1), Math.min((1 << (width - 1)) - 1, value));
            case HALVING -> value >> 1;
            default -> value;
        };
    }
}
