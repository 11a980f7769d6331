package dev.microvisor.debug;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A Mosquitto on loopback that can go away and come back: one port without TLS for the test itself,
 * one that wants a password, one that wants a certificate. Its certificates are the emulator's of
 * tests.
 */
final class TestBroker implements AutoCloseable {
    static final String USER = "telemetry";
    static final String PASSWORD = "pass word";

    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
    private static final Path CERTIFICATES = Path.of("../emulator/src/test/resources/tls");
    private static final char[] STORE_PASSWORD = "for-tests".toCharArray();

    final int plainPort = freePort();
    final int passwordPort = freePort();
    final int certificatePort = freePort();

    private final Path config;
    private Process process;

    TestBroker(Path folder) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "mosquitto not found: apt-get install mosquitto");
        Files.writeString(folder.resolve("ca.pem"), pem("CERTIFICATE", certificate("ca")));
        Files.writeString(folder.resolve("server.pem"), pem("CERTIFICATE", certificate("server")));
        Files.writeString(folder.resolve("server.key"), pem("PRIVATE KEY", key("server")));
        Path passwords = folder.resolve("passwords");
        new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), USER, PASSWORD)
                .start()
                .waitFor();
        String tls =
                "\ncafile %1$s/ca.pem\ncertfile %1$s/server.pem\nkeyfile %1$s/server.key\n"
                        .formatted(folder);
        config =
                Files.writeString(
                        folder.resolve("mosquitto.conf"),
                        "per_listener_settings true\nuser root\nlog_dest stderr\n"
                                + "listener %d 127.0.0.1\nallow_anonymous true\n"
                                        .formatted(plainPort)
                                + "listener %d 127.0.0.1".formatted(passwordPort)
                                + tls
                                + "allow_anonymous false\npassword_file %s\n".formatted(passwords)
                                + "listener %d 127.0.0.1".formatted(certificatePort)
                                + tls
                                + "allow_anonymous true\nrequire_certificate true\n");
        start();
    }

    /** A certificate of the tests as DER. */
    static byte[] certificate(String name) throws GeneralSecurityException, IOException {
        return store(name).getCertificate(name).getEncoded();
    }

    /** A private key of the tests as PKCS #8. */
    static byte[] key(String name) throws GeneralSecurityException, IOException {
        return store(name).getKey(name, STORE_PASSWORD).getEncoded();
    }

    private static KeyStore store(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(CERTIFICATES.resolve(name + ".p12"))) {
            store.load(in, STORE_PASSWORD);
        }
        return store;
    }

    private static String pem(String kind, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it, again after {@link #stop}; it listens when this returns. */
    void start() throws IOException {
        process =
                new ProcessBuilder(PROGRAM.toString(), "-c", config.toString())
                        .redirectErrorStream(true)
                        .start();
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

    /** Breaks all connections off. */
    void stop() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        stop();
    }
}
