package dev.microvisor.symbols;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The tools that tests compile with and compare with; a test is skipped when they are absent. */
public final class Toolchain {
    public static final Path PROGRAMS = Path.of("src/test/resources/programs").toAbsolutePath();
    private static final Path BUILT = Path.of("target/test-programs").toAbsolutePath();
    private static final long TIMEOUT_SECONDS = 120;

    private Toolchain() {}

    /** Skips the test when a tool is not there. */
    public static void need(String tool, String debianPackage) {
        boolean found = false;
        for (String folder : System.getenv("PATH").split(":")) {
            found |= Files.isExecutable(Path.of(folder, tool));
        }
        assumeTrue(found, tool + " not found: apt-get install " + debianPackage);
    }

    /** As {@link #compile}, with the same bytes wherever the sources lie and the build runs. */
    public static Path compileAnywhere(String source, String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("-ffile-prefix-map=" + PROGRAMS + "=.");
        all.add("-ffile-prefix-map=" + Path.of("").toAbsolutePath() + "=.");
        return compile(source, "anywhere-" + nameOf(source, flags), all);
    }

    /**
     * Compiles a test program, once for each set of flags.
     *
     * @param source file name of its source in the programs folder
     * @param flags such as {@code -O2}, {@code -gdwarf-4}
     */
    public static Path compile(String source, String... flags) {
        return compile(source, nameOf(source, flags), List.of(flags));
    }

    private static String nameOf(String source, String... flags) {
        return source.replace('.', '-') + String.join("", flags).replaceAll("[\"=]", "");
    }

    private static Path compile(String source, String name, List<String> flags) {
        need("arm-none-eabi-gcc", "gcc-arm-none-eabi libnewlib-arm-none-eabi");
        Path output = BUILT.resolve(name + ".elf");
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        "arm-none-eabi-gcc",
                        "-mcpu=cortex-m33",
                        "-mthumb",
                        "-mfloat-abi=hard",
                        "-mfpu=fpv5-sp-d16",
                        "-ffreestanding",
                        "-nostartfiles",
                        "--specs=nano.specs",
                        "-T",
                        PROGRAMS.resolve("an505.ld").toString()));
        if (source.endsWith(".cpp")) {
            command.addAll(List.of("-fno-rtti", "-fno-exceptions", "-fno-threadsafe-statics"));
        }
        command.addAll(flags);
        command.addAll(
                List.of(
                        PROGRAMS.resolve("start.c").toString(),
                        PROGRAMS.resolve(source).toString(),
                        "-o",
                        output.toString()));
        try {
            Files.createDirectories(BUILT);
            run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output;
    }

    /** Runs a tool and returns what it printed. */
    public static String run(List<String> command) {
        try {
            Path output = Files.createTempFile("tool", ".out");
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + "\n" + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
