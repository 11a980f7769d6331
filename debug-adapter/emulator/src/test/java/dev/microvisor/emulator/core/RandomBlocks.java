package dev.microvisor.emulator.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Blocks of random code with their starting states, for {@code src/test/firmware/blocks.c}. */
final class RandomBlocks {
    private static final int SCRATCH = 0x2803_0A00;
    private static final int STATE_BYTES = 4 * (13 + 1 + 32 + 1 + 1);
    private static final int TABLE_OFFSET = 0x8000;
    private static final int ROM = 0x1000_0000;

    /** In vector 7 stands where a block goes when it has ended. */
    private static final int END_VECTOR = 4 * 7;

    /** So many rounds that inner parts of the block are compiled. */
    private static final int MOST_ROUNDS = 150;

    private RandomBlocks() {}

    /** The program with a table of the blocks made from some seeds. */
    static byte[] image(byte[] program, List<Integer> seeds, Reference reference, boolean verbose) {
        int count = seeds.size();
        int end = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN).getInt(END_VECTOR);
        ByteBuffer image = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        image.put(program).position(TABLE_OFFSET);
        image.putInt(count).putInt(verbose ? 1 : 0);
        int codeOffset = TABLE_OFFSET + 8 + count * STATE_BYTES;
        for (int seed : seeds) {
            putState(image, seed, ROM + codeOffset);
            for (int halfword : code(seed, ROM + codeOffset, end, reference)) {
                image.putShort(codeOffset, (short) halfword);
                codeOffset += 2;
            }
            codeOffset = codeOffset + 3 & ~3;
        }
        return Arrays.copyOf(image.array(), codeOffset);
    }

    private static void putState(ByteBuffer image, long seed, int entry) {
        Random random = new Random(~seed);
        RandomValues values = new RandomValues(random);
        for (int i = 0; i < 13; i++) {
            image.putInt(values.word());
        }
        image.putInt(values.apsr());
        for (int i = 0; i < 32; i++) {
            image.putInt(values.single());
        }
        image.putInt(values.fpscr());
        image.putInt(entry | 1);
    }

    private static int[] code(long seed, int address, int end, Reference reference) {
        Random random = new Random(seed * 31);
        int units = 6 + random.nextInt(30);
        int rounds = 1 + random.nextInt(random.nextInt(4) == 0 ? MOST_ROUNDS : 3);
        return RandomCode.rounds(
                seed, address, ROM, SCRATCH, units, rounds, random.nextBoolean(), end, reference);
    }
}
