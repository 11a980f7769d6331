package dev.microvisor.emulator.core;

import java.util.Random;

/** Random contents of registers, with those often among them at which results change. */
final class RandomValues {
    private static final int[] WORDS = {
        0,
        1,
        -1,
        2,
        0x7FFF_FFFF,
        0x8000_0000,
        0x8000_0001,
        0xFFFF,
        0x8000,
        0x7FFF,
        0xFF,
        0x80,
        31,
        32,
        33,
        0x0001_0001,
        0x7FFF_7FFF,
        0x8000_8000,
        0x0080_FF7F
    };

    private static final int[] SINGLES = {
        0, 0x8000_0000, 0x3F80_0000, 0xBF80_0000, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000,
        0x7FA0_0001, 0xFFC1_2345, 1, 0x8000_0001, 0x007F_FFFF, 0x0080_0000, 0x7F7F_FFFF,
        0x4B00_0000, 0x4F00_0000, 0xCF00_0000, 0x4F80_0000, 0x3F00_0000, 0x3FC0_0000, 0x4020_0000
    };

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    int word() {
        return random.nextInt(3) == 0 ? pick(WORDS) : random.nextInt();
    }

    /** N, Z, C, V, Q and GE. */
    int apsr() {
        return random.nextInt() & 0xF80F_0000;
    }

    int single() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(SINGLES);
            case 1 -> random.nextInt();
            default ->
                    Float.floatToRawIntBits(
                            (float) (random.nextGaussian() * (1 << random.nextInt(30))));
        };
    }

    /** Any mode and flags, or more often the default mode with the inexact flag. */
    int fpscr() {
        return random.nextInt(3) == 0 ? random.nextInt() & 0xF7C0_009F : 0x10;
    }

    private int pick(int[] values) {
        return values[random.nextInt(values.length)];
    }
}
