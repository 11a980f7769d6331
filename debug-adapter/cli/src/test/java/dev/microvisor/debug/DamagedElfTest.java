package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Firmware with bytes changed at random, or with random code, either runs or is refused with one
 * message. More: {@code -Ddamaged.elfs=20000}.
 */
class DamagedElfTest {
    private static final Path FRAGILE = Path.of("src/test/firmware/fragile.elf");
    private static final int CASES = Integer.getInteger("damaged.elfs", 150);
    private static final int MOST_RANDOM_CODE = 4096;
    private static final int HEADER_BYTES = 0x200;

    @TempDir Path folder;

    @Test
    void noDamageEndsInAnInternalError() throws IOException {
        byte[] good = Files.readAllBytes(FRAGILE);
        Path file = folder.resolve("damaged.elf");
        for (int seed = 0; seed < CASES; seed++) {
            Files.write(file, damaged(good, new Random(seed)));
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
            PrintStream out =
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            int code =
                    Main.run(
                            new Main.Streams(new ByteArrayInputStream(new byte[0]), out, errors),
                            "run",
                            file.toString(),
                            "--max-instructions",
                            "100000");
            String said = err.toString(StandardCharsets.UTF_8);
            assertThat(said).as("seed %d", seed).doesNotContain("internal error");
            assertThat(code).as("seed %d", seed).isBetween(0, 5);
            if (code == ExitCodes.COULD_NOT_RUN) {
                assertThat(said).as("seed %d", seed).isNotBlank();
            }
        }
    }

    /** A few bytes anywhere, and in every third file one in the headers. */
    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        if (random.nextInt(3) == 0) {
            bytes[random.nextInt(HEADER_BYTES)] = (byte) random.nextInt();
        }
        if (random.nextInt(3) == 0) {
            int from = HEADER_BYTES + random.nextInt(bytes.length - HEADER_BYTES);
            for (int i = from; i < Math.min(bytes.length, from + MOST_RANDOM_CODE); i++) {
                bytes[i] = (byte) random.nextInt();
            }
        }
        if (random.nextInt(10) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        return bytes;
    }
}
