package dev.microvisor.debug.latency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** gdb behind its machine interface. */
final class GdbPipe implements AutoCloseable {
    private final Process process;
    private final BufferedReader in;
    private final OutputStream out;

    GdbPipe(String elf) throws IOException {
        process =
                new ProcessBuilder(List.of("gdb-multiarch", "-nx", "-q", "--interpreter=mi3", elf))
                        .redirectErrorStream(true)
                        .start();
        in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        out = process.getOutputStream();
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** Sends a command and waits for a line that begins with one of the words. */
    String run(String command, String until) throws IOException {
        out.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        while (true) {
            String line = in.readLine();
            if (line == null || line.startsWith("^error")) {
                throw new IOException(command + ": " + line);
            }
            if (line.startsWith(until)) {
                return line;
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
