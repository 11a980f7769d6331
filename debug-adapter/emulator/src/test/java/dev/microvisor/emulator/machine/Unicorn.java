package dev.microvisor.emulator.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Unicorn's Cortex-M33 as a reference, through its Python binding. */
public final class Unicorn {
    public static final String HOW_TO_INSTALL =
            "Python with unicorn not found: apt-get install python3-unicorn";

    private static final int TIMEOUT_S = 300;
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");
    private static final String TRY =
            "import unicorn.arm_const as c; c.UC_CPU_ARM_CORTEX_M33; import unicorn as u;"
                    + " u.Uc(u.UC_ARCH_ARM, u.UC_MODE_THUMB).ctl_set_cpu_model";

    private Unicorn() {}

    public static boolean isInstalled() {
        return python() != null;
    }

    /** Runs a flat image that starts at 0x10000000 and returns what it writes by semihosting. */
    public static String run(byte[] image) {
        try {
            Path program = Files.createTempFile("program", ".bin");
            Path script = Files.createTempFile("run", ".py");
            try (var in = Unicorn.class.getResourceAsStream("/unicorn/run.py")) {
                Files.write(program, image);
                Files.write(script, in.readAllBytes());
                Path output = Files.createTempFile("program", ".out");
                try {
                    execute(List.of(python(), script.toString(), program.toString()), output);
                    return Files.readString(output, StandardCharsets.UTF_8);
                } finally {
                    Files.delete(output);
                }
            } finally {
                Files.delete(program);
                Files.delete(script);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String python() {
        for (String python : PYTHONS) {
            try {
                if (execute(List.of(python, "-c", TRY), Path.of("/dev/null")) == 0) {
                    return python;
                }
            } catch (IOException e) {
                // There is no such program; the next may be there.
                continue;
            }
        }
        return null;
    }

    private static int execute(List<String> command, Path output) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile())
                        .start();
        try {
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end in " + TIMEOUT_S + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Unicorn ran", e);
        }
    }
}
