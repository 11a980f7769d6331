package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudCommandTest {
    private static final String SID = "UV" + "0".repeat(32);

    @TempDir Path folder;

    private record Result(int code, String err) {}

    private static Result refused(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                Main.run(
                        new Main.Streams(
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(OutputStream.nullOutputStream()),
                                new PrintStream(err, true, StandardCharsets.UTF_8)),
                        arguments);
        return new Result(code, err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void servesTheDevicesThatItWasGivenUntilItIsStopped() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new PipedInputStream(out, 1 << 16), StandardCharsets.UTF_8));
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(OutputStream.nullOutputStream()));
        String data = folder.toString();
        Thread cloud =
                new Thread(
                        () ->
                                Main.run(
                                        streams,
                                        "cloud",
                                        "--port",
                                        "0",
                                        "--data",
                                        data,
                                        "--device",
                                        SID),
                        "cloud");
        cloud.start();
        String base = lines.readLine().replace("cloud listening on ", "");
        String[] account = lines.readLine().replace("account ", "").split(", token ", 2);
        String pair = account[0] + ":" + account[1];
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + "/Devices/" + SID))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        pair.getBytes(StandardCharsets.UTF_8)))
                        .build();
        assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
                .contains("\"sid\":\"" + SID + "\"");
        cloud.interrupt();
        cloud.join();
    }

    @Test
    void badDeviceIsRefused() {
        Result result = refused("cloud", "--data", folder.toString(), "--device", "UVX");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--device UVX");
    }

    @Test
    void portInUseIsRefusedWithAdvice() throws Exception {
        try (ServerSocket taken =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = Integer.toString(taken.getLocalPort());
            Result result = refused("cloud", "--data", folder.toString(), "--port", port);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains(port).contains("--port");
        }
    }
}
