package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emacs dap-mode as the client of {@code microvisor dap}. */
class EmacsIT {
    private static final Path SAMPLE =
            Path.of(System.getProperty("microvisor.root", "../.."))
                    .resolve("samples/firmware/config-fetch")
                    .toAbsolutePath()
                    .normalize();
    private static final String BREAK_AT = "uint32_t interval_ms = 0;";

    @TempDir Path home;

    /** Debian puts packages for Emacs here. */
    private static boolean hasDapMode() throws IOException {
        Path packages = Path.of("/usr/share/emacs/site-lisp/elpa");
        if (!Files.isDirectory(packages)) {
            return false;
        }
        try (Stream<Path> found = Files.list(packages)) {
            return found.anyMatch(p -> p.getFileName().toString().startsWith("dap-mode"));
        }
    }

    @Test
    void dapModeStopsStepsBothWaysAndReadsMicrovisorsState() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/emacs")) && hasDapMode(),
                "Emacs with dap-mode not found: apt-get install emacs-nox elpa-dap-mode");
        Path source = SAMPLE.resolve("main.c");
        List<String> lines = Files.readAllLines(source);
        int line = 1;
        while (!lines.get(line - 1).contains(BREAK_AT)) {
            line++;
        }
        List<String> command =
                List.of(
                        "emacs",
                        "--batch",
                        "-l",
                        Path.of("src/test/resources/dap-mode.el").toAbsolutePath().toString(),
                        "--",
                        SAMPLE.resolve("config-fetch.elf").toString(),
                        source.toString(),
                        String.valueOf(line),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "dap");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        Process emacs = builder.start();
        String output = new String(emacs.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(emacs.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("stop 1: main:")
                .contains("stop 4: interval_of:" + line)
                .contains("channels: Channels: ")
                // No breakpoint lies before: back to where history begins.
                .contains("stop 5: Reset_Handler:")
                .contains("done");
        List<String> first = output.lines().filter(l -> l.startsWith("stop 1: ")).toList();
        List<String> undone = output.lines().filter(l -> l.startsWith("stop 3: ")).toList();
        assertThat(undone.get(undone.size() - 1).substring("stop 3: ".length()))
                .isEqualTo(first.get(0).substring("stop 1: ".length()));
    }
}
