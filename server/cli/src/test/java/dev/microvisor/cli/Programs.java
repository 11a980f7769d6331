package dev.microvisor.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs programs that are not ours, and ours as a program of its own. */
final class Programs {
    /** The top of the repository. */
    static final Path ROOT =
            Path.of(System.getProperty("microvisor.root", "../..")).toAbsolutePath().normalize();

    private Programs() {}

    /** What a program said, on both streams, and how it ended. */
    record Ended(int code, String output) {}

    /** Skips the test when a program is not there. */
    static String assume(String name, String how) {
        Optional<String> found =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .findFirst();
        assumeTrue(found.isPresent(), name + " not found: " + how);
        return found.orElseThrow();
    }

    /** A program or script that {@code npm ci} puts below {@code .ci/tools}. */
    static Path assumeTool(String path) {
        Path tool = ROOT.resolve(".ci/tools/node_modules").resolve(path);
        assumeTrue(Files.exists(tool), path + " not found: npm ci --prefix .ci/tools");
        return tool;
    }

    static Ended run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return new Ended(code, text);
    }

    /** Puts a launcher into a folder that runs the classes under test instead of building a jar. */
    static void writeLauncher(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path launcher = folder.resolve("microvisor");
        Files.writeString(
                launcher,
                """
                #!/bin/sh
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' dev.microvisor.cli.Main "$@"
                """
                        .formatted(
                                System.getProperty("java.home"),
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path"))));
        launcher.toFile().setExecutable(true);
    }
}
