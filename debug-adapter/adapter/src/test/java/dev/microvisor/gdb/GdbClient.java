package dev.microvisor.gdb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.dap.firmware.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** gdb itself, attached to our stub. */
final class GdbClient {
    static final Path RESOURCES = Path.of("src/test/resources/gdb").toAbsolutePath();
    private static final String GDB = "gdb-multiarch";
    private static final long TIMEOUT_S = 120;

    private GdbClient() {}

    static void need() {
        boolean found = false;
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            found |= Files.isExecutable(Path.of(place, GDB));
        }
        assumeTrue(found, GDB + " not found: apt-get install gdb-multiarch");
    }

    /**
     * Lets gdb run a function of oracle.py; returns when it has gone.
     *
     * @param script the call, for the port to attach to
     */
    static void run(Target target, MonitorCommands monitor, Path elf, IntFunction<String> script)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("gdb", ".out");
        try (GdbServer server = GdbServer.listen(0)) {
            Process gdb =
                    new ProcessBuilder(
                                    List.of(
                                            GDB,
                                            "-batch",
                                            "-nx",
                                            elf.toString(),
                                            "-ex",
                                            "source " + RESOURCES.resolve("oracle.py"),
                                            "-ex",
                                            "python " + script.apply(server.port())))
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try {
                server.serve(new BoundedMachine(target.machine()), Optional.empty(), monitor);
                if (!gdb.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                    throw new AssertionError("gdb does not end");
                }
            } finally {
                gdb.destroyForcibly();
            }
            String said = Files.readString(output);
            if (said.contains("Python Exception") || said.contains("Error occurred in Python")) {
                throw new AssertionError(said);
            }
        } finally {
            Files.delete(output);
        }
    }
}
