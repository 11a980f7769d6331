package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person before a real terminal sees of a long run, and nobody else. */
class TerminalIT {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final int ADDS_R0_1 = 0x3001;
    private static final int BRANCH_TO_IT = 0xE7FD;
    private static final int MOST_BYTES = 1 << 16;

    @TempDir Path folder;

    private List<String> command(String... options) throws IOException {
        Path elf = new TinyElf().code(ADDS_R0_1, BRANCH_TO_IT).write(folder.resolve("busy.elf"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        Path arguments =
                Files.writeString(
                        folder.resolve("java.txt"),
                        "-cp\n\"" + classes.replace("\\", "\\\\") + "\"\n" + Main.class.getName());
        return List.of(java, "@" + arguments, "run", elf.toString(), options[0], options[1]);
    }

    @Test
    @Timeout(60)
    void aLineOfATerminalTellsHowFarALongRunIs() throws Exception {
        assumeTrue(
                Files.isExecutable(SCRIPT),
                "script not found: apt-get install bsdutils util-linux");
        List<String> run =
                List.of(
                        SCRIPT.toString(),
                        "-qec",
                        String.join(" ", command("--max-time", "10h")),
                        "/dev/null");
        Process process = new ProcessBuilder(run).redirectInput(new File("/dev/null")).start();
        try {
            String shown = until(process.getInputStream(), "of 36,000.0 s of virtual time");
            assertThat(shown)
                    .containsPattern("\r\u001b\\[K\\d+\\.\\d s of 36,000\\.0 s of virtual");
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
        }
    }

    private static String until(InputStream terminal, String wanted) throws IOException {
        StringBuilder shown = new StringBuilder();
        byte[] bytes = new byte[256];
        for (int n = terminal.read(bytes); n > 0; n = terminal.read(bytes)) {
            shown.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
            if (shown.indexOf(wanted) >= 0 || shown.length() > MOST_BYTES) {
                break;
            }
        }
        return shown.toString();
    }
}
