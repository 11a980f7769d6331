package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, reading what editors and hooks give it. */
class StandardInputTest {
    private static final byte[] SOURCE =
            "#include \"mv_syscalls.h\"\nvoid f(MvChannelHandle *c) { mvSendHttpRequest(*c, 0); }\n"
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    /** A pipe has no position, and FileInputStream asks for one. */
    @Test
    void aPipeIsReadLikeAFile() throws IOException, InterruptedException {
        assertThat(lint(ProcessBuilder.Redirect.PIPE)).contains("src/x.c:2:30: warning");
        Path file = Files.write(folder.resolve("in.c"), SOURCE);
        assertThat(lint(ProcessBuilder.Redirect.from(file.toFile())))
                .contains("src/x.c:2:30: warning");
    }

    private String lint(ProcessBuilder.Redirect input) throws IOException, InterruptedException {
        Programs.writeLauncher(folder);
        Path output = folder.resolve("output.txt");
        Process process =
                new ProcessBuilder(
                                folder.resolve("microvisor").toString(),
                                "lint",
                                "--no-cache",
                                "-f",
                                "concise",
                                "--stdin-filename",
                                "src/x.c",
                                "-")
                        .directory(folder.toFile())
                        .redirectInput(input)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (input.equals(ProcessBuilder.Redirect.PIPE)) {
            try (OutputStream in = process.getOutputStream()) {
                in.write(SOURCE);
            }
        }
        process.waitFor();
        return Files.readString(output);
    }
}
