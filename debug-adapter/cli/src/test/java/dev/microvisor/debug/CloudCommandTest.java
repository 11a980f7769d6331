package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

    /** A {@code microvisor cloud} on a thread of its own, and what a script does with it. */
    private static final class Running implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final Thread command;
        private final String base;
        private final String authorization;

        Running(String... arguments) throws IOException {
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
            command = new Thread(() -> Main.run(streams, arguments), "cloud");
            command.start();
            base = after(lines, "cloud listening on ");
            String pair = after(lines, "account ").replace(", token ", ":");
            authorization =
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }

        /** The rest of the next line that begins so. */
        private static String after(BufferedReader lines, String beginning) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length());
                }
            }
            throw new AssertionError("no line begins with " + beginning);
        }

        JsonObject get(String path) throws Exception {
            return send(request(path).GET());
        }

        JsonObject post(String path, String form) throws Exception {
            return send(
                    request(path)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(form)));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(base + path))
                    .header("Authorization", authorization);
        }

        private JsonObject send(HttpRequest.Builder request) throws Exception {
            return JsonParser.parseString(
                            http.send(request.build(), BodyHandlers.ofString()).body())
                    .getAsJsonObject();
        }

        @Override
        public void close() {
            command.interrupt();
            try {
                command.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Running cloud(String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of("cloud", "--port", "0", "--data", folder.toString() + "/data"));
        arguments.addAll(List.of(more));
        return new Running(arguments.toArray(String[]::new));
    }

    @Test
    void servesTheDevicesThatItWasGivenUntilItIsStopped() throws Exception {
        try (Running cloud = cloud("--device", SID)) {
            assertThat(cloud.get("/Devices/" + SID).get("sid").getAsString()).isEqualTo(SID);
        }
    }

    /** What the vendor's command line did with bundles. */
    @Test
    void aBuildIsAnAppThatADeviceCanBeSentTo() throws Exception {
        Path build = Files.writeString(folder.resolve("demo.elf"), "firmware");
        try (Running cloud =
                cloud("--device", SID, "--app", build.toString(), "--app", "next=" + build)) {
            JsonObject app = cloud.get("/Apps/demo");
            assertThat(app.get("hash").getAsString())
                    .isEqualTo(
                            "sha256:c3bf47ea1f4a4a605470313cacb3a44f4a461f68c6faeab07e737610cb5ac835");
            String manifest = cloud.get("/Apps/demo/Manifest").get("encoded_bytes").getAsString();
            assertThat(new String(Base64.getDecoder().decode(manifest), StandardCharsets.UTF_8))
                    .contains("\"file\":\"demo.elf\",\"size\":8");
            assertThat(cloud.get("/Apps").getAsJsonArray("apps")).hasSize(2);
            JsonObject device = cloud.post("/Devices/" + SID, "TargetApp=next").getAsJsonObject();
            assertThat(device.getAsJsonObject("app").get("update_status").getAsString())
                    .isEqualTo("pending");
        }
    }

    @Test
    void aBuildThatIsNotThereIsRefused() {
        Result result = refused("cloud", "--data", folder.toString(), "--app", "demo=no-such.elf");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("microvisor: --app no-such.elf cannot be read: there is no such file\n");
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
