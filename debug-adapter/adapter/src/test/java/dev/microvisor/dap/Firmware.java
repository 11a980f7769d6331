package dev.microvisor.dap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles small firmware of the tests against the samples' SDK. */
public final class Firmware {
    private static final String COMPILER = "arm-none-eabi-gcc";

    private Firmware() {}

    /**
     * Builds {@code src/test/firmware/NAME.c} without optimisation.
     *
     * @param flags more options for the compiler
     */
    public static Path build(String name, Path folder, String... flags)
            throws IOException, InterruptedException {
        return build(
                Path.of("src/test/firmware", name + ".c").toAbsolutePath(),
                folder.resolve(name + ".elf"),
                flags);
    }

    /** Builds one source file, in C or assembly. */
    static Path build(Path source, Path elf, String... flags)
            throws IOException, InterruptedException {
        boolean present = false;
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            present |= Files.isExecutable(Path.of(place, COMPILER));
        }
        assumeTrue(present, COMPILER + " not found: apt-get install gcc-arm-none-eabi");
        Path sdk = Samples.folder("sdk");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                COMPILER,
                                "-mcpu=cortex-m33",
                                "-mthumb",
                                "-g",
                                "-O0",
                                "-ffreestanding",
                                "-nostdlib",
                                "-T",
                                sdk.resolve("microvisor.ld").toString(),
                                source.toString(),
                                sdk.resolve("startup.c").toString(),
                                sdk.resolve("freestanding.c").toString(),
                                "-o",
                                elf.toString()));
        command.addAll(List.of(flags));
        run(command);
        return elf;
    }

    /** Runs a tool; what it says is shown when it fails. */
    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
    }
}
