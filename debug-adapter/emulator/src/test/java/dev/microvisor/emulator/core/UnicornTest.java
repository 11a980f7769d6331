package dev.microvisor.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.emulator.machine.ProgramRunner;
import dev.microvisor.emulator.machine.Unicorn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The random instructions and blocks of the comparison with QEMU do the same on Unicorn, as far as
 * they do not fault: it takes no exceptions. More with {@code -Ddifferential.seeds=20} and {@code
 * -Ddifferential.blocks=5000}.
 */
class UnicornTest {
    private static final int CASES = 500;
    private static final int TABLE_OFFSET = 0x8000;
    private static final int HEADER = 8;
    private static final int BLOCKS_IN_AN_IMAGE = 100;
    private static final long LIMIT = 1_000_000_000L;

    @BeforeAll
    static void needsUnicorn() {
        assumeTrue(Unicorn.isInstalled(), Unicorn.HOW_TO_INSTALL);
    }

    @Test
    void instructionsDoWhatTheyDoOnUnicorn() {
        for (int seed = 0; seed < Integer.getInteger("differential.seeds", 1); seed++) {
            for (boolean floats : new boolean[] {false, true}) {
                byte[] table =
                        new RandomInstructions(2000L + seed, floats, Reference.UNICORN)
                                .table(CASES, true);
                byte[] image = differential(withoutFaults(table));
                assertSame("seed " + seed + " floats " + floats, image);
            }
        }
    }

    @Test
    void blocksDoWhatTheyDoOnUnicorn() {
        int blocks = Integer.getInteger("differential.blocks", BLOCKS_IN_AN_IMAGE);
        for (int first = 0; first < blocks; first += BLOCKS_IN_AN_IMAGE) {
            List<Integer> seeds =
                    IntStream.range(first, first + BLOCKS_IN_AN_IMAGE).boxed().toList();
            byte[] image =
                    RandomBlocks.image(
                            resource("/programs/blocks.bin"), seeds, Reference.UNICORN, false);
            assertSame("blocks from " + first, image);
        }
    }

    private static void assertSame(String what, byte[] image) {
        List<String> ours = run(image).lines().toList();
        List<String> theirs = Unicorn.run(image).lines().toList();
        assertThat(ours).as(what).isNotEmpty();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            assertEquals(theirs.get(i), ours.get(i), what + ", number " + i);
        }
        assertEquals(theirs.size(), ours.size(), what);
    }

    /** The cases whose last printed word before the hash, CFSR, is zero. */
    private static byte[] withoutFaults(byte[] table) {
        List<String> lines = run(differential(table)).lines().toList();
        ByteBuffer kept = ByteBuffer.allocate(table.length).order(ByteOrder.LITTLE_ENDIAN);
        kept.position(HEADER);
        int count = 0;
        for (int i = 0; i < CASES; i++) {
            String[] words = lines.get(i).split(" ");
            if ("00000000".equals(words[words.length - 2])) {
                int at = HEADER + i * RandomInstructions.CASE_BYTES;
                kept.put(table, at, RandomInstructions.CASE_BYTES);
                count++;
            }
        }
        assertThat(count).as("cases without a fault").isGreaterThan(CASES / 2);
        return Arrays.copyOf(kept.putInt(0, count).array(), kept.position());
    }

    private static byte[] differential(byte[] table) {
        byte[] image =
                Arrays.copyOf(resource("/programs/differential.bin"), TABLE_OFFSET + table.length);
        System.arraycopy(table, 0, image, TABLE_OFFSET, table.length);
        return image;
    }

    private static byte[] resource(String name) {
        try (var in = UnicornTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(byte[] image) {
        ProgramRunner runner = new ProgramRunner(image);
        assertEquals("semihosting exit 0", runner.run(LIMIT).text());
        return runner.output();
    }
}
