package dev.microvisor.debug;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@code microvisor run} that goes on in a thread of its own. */
final class StartedRun {
    static final Path SAMPLES =
            Path.of(System.getProperty("microvisor.root", "../..")).resolve("samples/firmware");
    private static final long PATIENCE_S = 60;
    private static final int PIPE_BYTES = 1 << 16;

    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final BufferedReader messages;

    StartedRun(String... arguments) throws IOException {
        PipedOutputStream err = new PipedOutputStream();
        messages =
                new BufferedReader(
                        new InputStreamReader(
                                new PipedInputStream(err, PIPE_BYTES), StandardCharsets.UTF_8));
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(OutputStream.nullOutputStream(), false),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        Thread command =
                new Thread(
                        () -> exit.complete(Main.run(streams, all.toArray(String[]::new))), "run");
        command.setDaemon(true);
        command.start();
    }

    static String sample(String name) {
        return SAMPLES.resolve(name).resolve(name + ".elf").toString();
    }

    /** The port that the next message, which begins so, tells. */
    int port(String prefix) throws IOException {
        String line = messages.readLine();
        if (line == null || !line.startsWith(prefix)) {
            throw new AssertionError("expected " + prefix + " but was: " + line);
        }
        return Integer.parseInt(line.substring(prefix.length()));
    }

    /** Waits for the command to end; its exit code. */
    int exitCode() throws Exception {
        return exit.get(PATIENCE_S, TimeUnit.SECONDS);
    }
}
