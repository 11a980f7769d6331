package dev.microvisor.emulator.cloud.broker;

import dev.microvisor.emulator.cloud.live.TestAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A Mosquitto of our own on loopback: one port for everybody, one for those who know a password,
 * one for those with a certificate of {@link TestAuthority}, and one that shows a certificate that
 * has expired.
 */
final class Mosquitto implements AutoCloseable {
    static final String USER = "device";
    static final String PASSWORD = "pass word";

    private static final List<Path> PLACES =
            List.of(
                    Path.of("/usr/sbin/mosquitto"),
                    Path.of("/usr/local/sbin/mosquitto"),
                    Path.of("/opt/homebrew/sbin/mosquitto"));

    final int plainPort = freePort();
    final int passwordPort = freePort();
    final int tlsPort = freePort();
    final int expiredPort = freePort();

    private final Process process;

    private Mosquitto(Path folder) throws IOException, InterruptedException {
        TestAuthority.writeFiles(folder);
        Path passwords = folder.resolve("passwords");
        run("mosquitto_passwd", "-b", "-c", passwords.toString(), USER, PASSWORD);
        Path config = folder.resolve("mosquitto.conf");
        Files.writeString(
                config,
                """
                per_listener_settings true
                user root
                log_dest stderr
                max_inflight_messages 20
                listener %d 127.0.0.1
                allow_anonymous true
                listener %d 127.0.0.1
                allow_anonymous false
                password_file %s
                listener %d 127.0.0.1
                allow_anonymous true
                cafile %s
                certfile %s
                keyfile %s
                require_certificate true
                listener %d 127.0.0.1
                allow_anonymous true
                certfile %s
                keyfile %s
                """
                        .formatted(
                                plainPort,
                                passwordPort,
                                passwords,
                                tlsPort,
                                folder.resolve("ca.pem"),
                                folder.resolve("server.pem"),
                                folder.resolve("server.key"),
                                expiredPort,
                                folder.resolve("expired-server.pem"),
                                folder.resolve("expired-server.key")));
        process =
                new ProcessBuilder(program().toString(), "-c", config.toString())
                        .redirectErrorStream(true)
                        .start();
        awaitStart();
    }

    /** Starts one; skips the test when there is none to start. */
    static Mosquitto start(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                PLACES.stream().anyMatch(Files::isExecutable),
                "mosquitto not found: apt-get install mosquitto");
        return new Mosquitto(folder);
    }

    private static Path program() {
        return PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
    }

    /** It says so when it listens; from then on somebody has to read what it says. */
    private void awaitStart() throws IOException {
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.endsWith("running")) {
                Thread reader = new Thread(() -> said.lines().forEach(l -> {}), "mosquitto-log");
                reader.setDaemon(true);
                reader.start();
                return;
            }
        }
        throw new IllegalStateException("mosquitto did not start: " + all);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
