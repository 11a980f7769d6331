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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Firmware with bytes changed at random, or with random code, either runs or is refused with one
 * message, whatever is to be reported of it. More: {@code -Ddamaged.elfs=20000}, others: {@code
 * -Ddamaged.from=1000000}.
 */
class DamagedElfTest {
    /** Of C at several optimisations, and of C++. */
    private static final List<Path> FIRMWARE =
            Stream.of("fragile", "stalling", "telemetry", "wired", "station")
                    .map(name -> Path.of("src/test/firmware", name + ".elf"))
                    .toList();

    private static final int CASES = Integer.getInteger("damaged.elfs", 150);
    private static final int FIRST = Integer.getInteger("damaged.from", 0);
    private static final int MOST_RANDOM_CODE = 4096;
    private static final int HEADER_BYTES = 0x200;

    @TempDir Path folder;

    @Test
    void noDamageEndsInAnInternalError() throws IOException {
        List<byte[]> good = new ArrayList<>();
        for (Path firmware : FIRMWARE) {
            good.add(Files.readAllBytes(firmware));
        }
        Path file = folder.resolve("damaged.elf");
        String report = folder.resolve("report").toString();
        List<List<String>> reports =
                List.of(
                        List.of(),
                        List.of("--memory"),
                        List.of("--trace", "--format", "json"),
                        List.of("--coverage", report),
                        List.of("--call-coverage", report),
                        List.of("--perfetto", report));
        for (int seed = FIRST; seed < FIRST + CASES; seed++) {
            byte[] firmware = good.get(seed % good.size());
            Files.write(file, damaged(firmware, new Random(seed)));
            List<String> arguments =
                    new ArrayList<>(
                            List.of("run", file.toString(), "--max-instructions", "100000"));
            arguments.addAll(reports.get(seed % reports.size()));
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
            PrintStream out =
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            int code =
                    Main.run(
                            new Main.Streams(new ByteArrayInputStream(new byte[0]), out, errors),
                            arguments.toArray(String[]::new));
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
