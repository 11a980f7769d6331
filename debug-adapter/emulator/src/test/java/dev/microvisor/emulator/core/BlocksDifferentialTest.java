package dev.microvisor.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.emulator.machine.ProgramOutcomes;
import dev.microvisor.emulator.machine.ProgramRunner;
import dev.microvisor.emulator.machine.Qemu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Blocks of random code do the same here, interpreted and compiled, as on QEMU's Cortex-M33: to
 * registers, flags, memory, and what a fault shows. QEMU's answers for the first blocks are kept in
 * a golden file: {@code -Dgolden=update} asks it again, {@code -Ddifferential.blocks=100000} tries
 * that many more.
 */
class BlocksDifferentialTest {
    private static final int GOLDEN_BLOCKS = 300;
    private static final int FIRST_FRESH = 1_000_000;

    /** As many as fit into ROM with certainty. */
    private static final int BLOCKS_IN_AN_IMAGE = 150;

    /** Far beyond what so many blocks take. */
    private static final long LIMIT = 100_000_000L;

    private static final Path GOLDEN = Path.of("src/test/resources/differential/blocks.txt");

    @Test
    void blocksDoWhatTheyDoOnQemu() throws IOException {
        boolean update = "update".equals(System.getProperty("golden"));
        if (update) {
            assumeTrue(Qemu.isInstalled(), Qemu.HOW_TO_INSTALL);
        }
        StringBuilder answers = new StringBuilder();
        for (int first = 0; first < GOLDEN_BLOCKS; first += BLOCKS_IN_AN_IMAGE) {
            List<Integer> seeds = seeds(first, BLOCKS_IN_AN_IMAGE);
            if (update) {
                answers.append(Qemu.run(image(seeds, false)));
            }
        }
        if (update) {
            Files.writeString(GOLDEN, answers);
        }
        List<String> golden = Files.readAllLines(GOLDEN);
        assertEquals(GOLDEN_BLOCKS, golden.size());
        for (int first = 0; first < GOLDEN_BLOCKS; first += BLOCKS_IN_AN_IMAGE) {
            check(
                    seeds(first, BLOCKS_IN_AN_IMAGE),
                    golden.subList(first, first + BLOCKS_IN_AN_IMAGE));
        }
    }

    @Test
    void moreBlocksAgreeWithQemu() {
        assumeTrue(Qemu.isInstalled(), Qemu.HOW_TO_INSTALL);
        int blocks = Integer.getInteger("differential.blocks", 50);
        int start = FIRST_FRESH + Integer.getInteger("differential.from", 0);
        int left = 0;
        for (int first = start; first < start + blocks; first += BLOCKS_IN_AN_IMAGE) {
            int count = Math.min(BLOCKS_IN_AN_IMAGE, start + blocks - first);
            List<Integer> seeds = endingOf(seeds(first, count));
            check(seeds, Qemu.run(image(seeds, false)).lines().toList());
            left += count - seeds.size();
        }
        assertThat(left).as("blocks left out because they never end").isLessThan(1 + blocks / 100);
    }

    private static List<Integer> seeds(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    /** Without blocks that overwrite the address they return to and never end. */
    private static List<Integer> endingOf(List<Integer> all) {
        List<Integer> seeds = new ArrayList<>(all);
        while (true) {
            ProgramRunner runner = new ProgramRunner(image(seeds, false));
            if (runner.run(LIMIT).text().equals(ProgramOutcomes.END)) {
                return seeds;
            }
            seeds.remove((int) runner.output().lines().count());
        }
    }

    private static void check(List<Integer> seeds, List<String> expected) {
        ProgramOutcomes.assertSame(
                image(seeds, false),
                expected,
                seeds.size(),
                LIMIT,
                i -> "block " + seeds.get(i) + difference(seeds.get(i)));
    }

    /** The words in which the outcomes of one block differ: those of the struct, then memory. */
    private static String difference(int block) {
        if (!Qemu.isInstalled()) {
            return "";
        }
        byte[] image = image(List.of(block), true);
        List<String> expected = List.of(Qemu.run(image).split("\\s"));
        StringBuilder text = new StringBuilder();
        for (boolean compiles : new boolean[] {false, true}) {
            List<String> actual = List.of(ProgramOutcomes.of(image, compiles, LIMIT).split("\\s"));
            for (int i = 0; i < expected.size(); i++) {
                if (!expected.get(i).equals(actual.get(i))) {
                    text.append(compiles ? "; compiled: word " : "; word ").append(i);
                    text.append(" QEMU ").append(expected.get(i));
                    text.append(" here ").append(actual.get(i));
                }
            }
        }
        return text.toString();
    }

    private static byte[] image(List<Integer> seeds, boolean verbose) {
        try (var in = BlocksDifferentialTest.class.getResourceAsStream("/programs/blocks.bin")) {
            return RandomBlocks.image(in.readAllBytes(), seeds, Reference.QEMU, verbose);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
