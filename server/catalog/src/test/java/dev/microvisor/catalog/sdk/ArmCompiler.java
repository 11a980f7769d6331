package dev.microvisor.catalog.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Arm compilers, where they are installed. */
final class ArmCompiler {
    private static final int TIMEOUT_SECONDS = 120;

    private ArmCompiler() {}

    /** Skips the test when the tool is absent. */
    static void requireInstalled(String tool, String howToGetIt) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return;
            }
        }
        abort(tool + " not found: " + howToGetIt);
    }

    static void requireGcc() {
        requireInstalled("arm-none-eabi-gcc", "apt-get install gcc-arm-none-eabi");
    }

    /** Runs a command that must succeed, and gives what it printed. */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process =
                new ProcessBuilder(new ArrayList<>(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        assertThat(ended).as("%s ended in time", command).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, text).isZero();
        return text;
    }
}
