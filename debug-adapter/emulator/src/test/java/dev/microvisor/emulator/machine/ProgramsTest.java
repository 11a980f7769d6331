package dev.microvisor.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compiled C programs write here what they write on QEMU's Cortex-M33. What QEMU wrote is kept in
 * {@code src/test/resources/programs}; the sources are in {@code src/test/firmware}.
 */
class ProgramsTest {
    private static final long LIMIT = 50_000_000;
    private static final int TIMEOUT_S = 120;
    private static final Path FIRMWARE = Path.of("src/test/firmware").toAbsolutePath();
    private static final List<String> LEVELS = List.of("-O0", "-O1", "-O2", "-O3", "-Os");

    @ParameterizedTest
    @ValueSource(strings = {"suite-O0-soft", "suite-O2-hard", "suite-Os-soft"})
    void compiledProgramsWriteWhatTheyWriteOnQemu(String name) throws IOException {
        assertEquals(text("suite.txt"), run(resource(name + ".bin")));
    }

    @Test
    void exceptionsFaultsAndStacksAreThoseOfQemu() throws IOException {
        assertEquals(text("system-hard.txt"), run(resource("system-O1-hard.bin")));
        assertEquals(text("system-soft.txt"), run(resource("system-O2-soft.bin")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soft", "hard"})
    void everyOptimisationLevelAgreesWithQemu(String floatAbi, @TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(
                onPath("arm-none-eabi-gcc"),
                "arm-none-eabi-gcc not found: apt-get install gcc-arm-none-eabi"
                        + " libnewlib-arm-none-eabi");
        assumeTrue(Qemu.isInstalled(), Qemu.HOW_TO_INSTALL);
        for (String level : LEVELS) {
            for (String program : List.of("suite", "system")) {
                byte[] image = compile(program, level, floatAbi, folder);
                assertEquals(Qemu.run(image), run(image), program + " " + level + " " + floatAbi);
            }
        }
    }

    private static byte[] compile(String program, String level, String floatAbi, Path folder)
            throws IOException, InterruptedException {
        Path elf = folder.resolve(program + ".elf");
        Path image = folder.resolve(program + ".bin");
        execute(
                List.of(
                        "arm-none-eabi-gcc",
                        "-mcpu=cortex-m33",
                        "-mthumb",
                        "-w",
                        level,
                        "-mfloat-abi=" + floatAbi,
                        "-ffp-contract=off",
                        "-nostartfiles",
                        "-T",
                        "program.ld",
                        "-o",
                        elf.toString(),
                        "start.c",
                        program + ".c",
                        "-lm"));
        execute(List.of("arm-none-eabi-objcopy", "-O", "binary", elf.toString(), image.toString()));
        return Files.readAllBytes(image);
    }

    private static void execute(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(new ArrayList<>(command))
                        .directory(FIRMWARE.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(TIMEOUT_S, TimeUnit.SECONDS);
        assertEquals(0, ended ? process.exitValue() : -1, command + "\n" + output);
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static String run(byte[] image) {
        ProgramRunner runner = new ProgramRunner(image);
        String end = runner.run(LIMIT).text();
        return "semihosting exit 0".equals(end) ? runner.output() : runner.output() + end;
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = ProgramsTest.class.getResourceAsStream("/programs/" + name)) {
            return in.readAllBytes();
        }
    }

    private static String text(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8);
    }
}
