package dev.microvisor.emulator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.emulator.machine.ProgramRunner;
import dev.microvisor.emulator.machine.Qemu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random instructions do the same here as on QEMU's Cortex-M33. QEMU's answers for a fixed set of
 * seeds are kept as golden files, so that the test needs QEMU only for new seeds: {@code
 * -Dgolden=update} asks it again, {@code -Ddifferential.seeds=100} tries that many more.
 */
class DifferentialTest {
    private static final int CASES = 2000;
    private static final int TABLE_OFFSET = 0x8000;
    private static final long LIMIT = 1_000_000_000L;
    private static final Path GOLDEN = Path.of("src/test/resources/differential");

    @ParameterizedTest
    @CsvSource({"1,false", "2,false", "3,false", "1,true", "2,true"})
    void answersAreThoseOfQemu(long seed, boolean floats) {
        String name = (floats ? "float-" : "integer-") + seed + ".txt";
        Path golden = GOLDEN.resolve(name);
        byte[] image =
                image(new RandomInstructions(seed, floats, Reference.QEMU).table(CASES, false));
        if ("update".equals(System.getProperty("golden"))) {
            assumeTrue(Qemu.isInstalled(), Qemu.HOW_TO_INSTALL);
            write(golden, Qemu.run(image));
        }
        check(seed, floats, read(golden), run(image));
    }

    @Test
    void moreSeedsAgreeWithQemu() {
        int seeds = Integer.getInteger("differential.seeds", 1);
        assumeTrue(Qemu.isInstalled(), Qemu.HOW_TO_INSTALL);
        for (int i = 0; i < seeds; i++) {
            long seed = 1000L + i;
            for (boolean floats : new boolean[] {false, true}) {
                byte[] image =
                        image(
                                new RandomInstructions(seed, floats, Reference.QEMU)
                                        .table(CASES, false));
                check(seed, floats, Qemu.run(image), run(image));
            }
        }
    }

    private static void check(long seed, boolean floats, String expected, String actual) {
        List<String> expectedLines = expected.lines().toList();
        List<String> actualLines = actual.lines().toList();
        for (int i = 0; i < Math.min(expectedLines.size(), actualLines.size()); i++) {
            if (!expectedLines.get(i).equals(actualLines.get(i))) {
                assertEquals(
                        expectedLines.get(i),
                        actualLines.get(i),
                        "seed "
                                + seed
                                + " floats "
                                + floats
                                + " case "
                                + i
                                + ": "
                                + describe(seed, floats, i));
            }
        }
        assertEquals(CASES, expectedLines.size());
        assertEquals(CASES, actualLines.size());
    }

    /** The instruction and its inputs, and both outcomes when QEMU is there to ask. */
    static String describe(long seed, boolean floats, int index) {
        byte[] all = new RandomInstructions(seed, floats, Reference.QEMU).table(CASES, true);
        byte[] one = Arrays.copyOf(all, 8 + RandomInstructions.CASE_BYTES);
        one[0] = 1;
        one[1] = 0;
        System.arraycopy(
                all,
                8 + index * RandomInstructions.CASE_BYTES,
                one,
                8,
                RandomInstructions.CASE_BYTES);
        StringBuilder text = new StringBuilder();
        int code = one.length - 8;
        int[] halfwords = new int[4];
        for (int i = 0; i < 4; i++) {
            halfwords[i] = (one[code + 2 * i] & 0xFF) | (one[code + 2 * i + 1] & 0xFF) << 8;
        }
        int at = (halfwords[0] & 0xFF0F) == 0xBF08 ? 1 : 0;
        Row row =
                Decoder.isWide(halfwords[at])
                        ? Decoder.wideRow(halfwords[at] << 16 | halfwords[at + 1])
                        : Decoder.narrowRow(halfwords[at]);
        text.append(row == null ? "no row" : row.name());
        for (int halfword : halfwords) {
            text.append(String.format(" %04x", halfword));
        }
        text.append("\nin   ");
        for (int i = 8; i < code; i += 4) {
            int word = 0;
            for (int k = 3; k >= 0; k--) {
                word = word << 8 | (one[i + k] & 0xFF);
            }
            text.append(String.format("%08x ", word));
        }
        text.append("\nours ").append(run(image(one)));
        if (Qemu.isInstalled()) {
            text.append("qemu ").append(Qemu.run(image(one)));
        }
        return text.toString();
    }

    private static byte[] image(byte[] table) {
        byte[] harness = resource("/programs/differential.bin");
        byte[] image = Arrays.copyOf(harness, TABLE_OFFSET + table.length);
        System.arraycopy(table, 0, image, TABLE_OFFSET, table.length);
        return image;
    }

    private static String run(byte[] image) {
        ProgramRunner runner = new ProgramRunner(image);
        String end = runner.run(LIMIT).text();
        assertEquals("semihosting exit 0", end);
        return runner.output();
    }

    private static byte[] resource(String name) {
        try (var in = DifferentialTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
