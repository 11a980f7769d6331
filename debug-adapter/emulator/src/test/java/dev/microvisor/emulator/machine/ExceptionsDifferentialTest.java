package dev.microvisor.emulator.machine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random scripts of interrupts, masks, priorities, faults and floating-point context take the same
 * exceptions with the same frames and fault status here as on QEMU's Cortex-M33. QEMU's answers for
 * the first scripts are a golden file: {@code -Dgolden=update} asks it again, {@code
 * -Dexceptions.scripts=100000} tries that many more.
 */
class ExceptionsDifferentialTest {
    private static final int ORDERS = 64;
    private static final int ORDER_KINDS = 18;
    private static final int SCRIPTS_IN_AN_IMAGE = 1000;
    private static final int TABLE_OFFSET = 0x8000;
    private static final long FRESH = 1_000_000;
    private static final long LIMIT = 1_000_000_000L;
    private static final Path GOLDEN = Path.of("src/test/resources/differential/exceptions.txt");

    @Test
    void scriptsTakeTheSameExceptionsAsOnQemu() throws IOException {
        byte[] image = image(0, SCRIPTS_IN_AN_IMAGE, false);
        if ("update".equals(System.getProperty("golden"))) {
            assumeTrue(Qemu.isInstalled(), Qemu.HOW_TO_INSTALL);
            Files.writeString(GOLDEN, Qemu.run(image));
        }
        check(0, SCRIPTS_IN_AN_IMAGE, Files.readAllLines(GOLDEN));
    }

    @Test
    void moreScriptsAgreeWithQemu() {
        assumeTrue(Qemu.isInstalled(), Qemu.HOW_TO_INSTALL);
        long scripts = Long.getLong("exceptions.scripts", 100);
        for (long first = FRESH; first < FRESH + scripts; first += SCRIPTS_IN_AN_IMAGE) {
            int count = (int) Math.min(SCRIPTS_IN_AN_IMAGE, FRESH + scripts - first);
            byte[] image = image(first, count, false);
            check(first, count, Qemu.run(image).lines().toList());
        }
    }

    private static void check(long first, int count, List<String> expected) {
        ProgramOutcomes.assertSame(
                image(first, count, false),
                expected,
                count,
                LIMIT,
                i -> "script " + (first + i) + difference(first + i));
    }

    /** What was noted before and at the first difference. */
    private static String difference(long script) {
        if (!Qemu.isInstalled()) {
            return "";
        }
        byte[] image = image(script, 2, true);
        List<String> expected = List.of(Qemu.run(image).split("\\s"));
        List<String> actual = List.of(ProgramOutcomes.of(image, false, LIMIT).split("\\s"));
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                return ": noted "
                        + expected.subList(Math.max(0, i - 24), i)
                        + ", then QEMU "
                        + expected.subList(i, Math.min(i + 20, expected.size()))
                        + " here "
                        + actual.subList(i, Math.min(i + 20, actual.size()));
            }
        }
        return "";
    }

    private static byte[] image(long first, int count, boolean verbose) {
        ByteBuffer image = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        image.put(program()).position(TABLE_OFFSET);
        image.putInt(count).putInt(verbose ? 1 : 0);
        for (int i = 0; i < count; i++) {
            Random random = new Random(first + i);
            for (int k = 0; k < ORDERS; k++) {
                image.put((byte) random.nextInt(ORDER_KINDS)).put((byte) random.nextInt());
            }
        }
        return Arrays.copyOf(image.array(), image.position());
    }

    private static byte[] program() {
        try (var in =
                ExceptionsDifferentialTest.class.getResourceAsStream("/programs/exceptions.bin")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
