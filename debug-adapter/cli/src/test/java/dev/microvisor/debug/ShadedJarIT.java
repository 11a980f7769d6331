package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.debug.TelemetryWorld.Person;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * microvisor-debug.jar as people get it, in a process of its own: what libraries need that are
 * found by name (Netty and RxJava behind MQTT, H2, picocli) is in it. Run when the jar has been
 * made, after the other tests.
 */
@Timeout(120)
class ShadedJarIT {
    private static final Path JAR = Path.of("target/microvisor-debug.jar");

    @TempDir Path folder;

    @BeforeEach
    void theJarHasBeenMade() {
        assumeTrue(
                Files.exists(JAR),
                JAR + " not found: mvn -pl debug-adapter/cli -am verify makes it");
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                JAR.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static BufferedReader out(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "certificate"})
    void firmwareTalksMqttOverTls(String login) throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            Person person = Person.at(broker);
            Path cloud = TelemetryWorld.cloud(folder, broker, login);
            Process run =
                    start(
                            "run",
                            TelemetryWorld.FIRMWARE,
                            "--cloud",
                            cloud.toString(),
                            "--max-time",
                            "90s");
            try {
                assertThat(person.next("telemetry/values")).isEqualTo("{\"celsius\":21.5}");
                person.command("stop");
                assertThat(out(run).lines()).anyMatch(l -> l.endsWith("[log] command: stop"));
                assertThat(run.waitFor(TelemetryWorld.PATIENCE_S, TimeUnit.SECONDS)).isTrue();
                assertThat(run.exitValue()).isEqualTo(ExitCodes.DONE);
            } finally {
                run.destroyForcibly().waitFor();
            }
        }
    }

    /** A {@code microvisor cloud} and how it is asked. */
    private record Served(Process process, String base, String authorization) {
        static Served start(Path data) throws IOException {
            Process process = ShadedJarIT.start("cloud", "--port", "0", "--data", data.toString());
            BufferedReader said = out(process);
            String base = said.readLine().replace("cloud listening on ", "");
            String pair = said.readLine().replace("account ", "").replace(", token ", ":");
            return new Served(
                    process,
                    base,
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }

        HttpResponse<String> send(String method, String path, String form) throws Exception {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(base + path))
                                    .header("Authorization", authorization)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .method(method, BodyPublishers.ofString(form))
                                    .build(),
                            BodyHandlers.ofString());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    /** The samples' firmware goes on for ever once {@code --realtime} holds it back. */
    @Test
    void aSignalEndsARunWithItsReports() throws Exception {
        Path junit = folder.resolve("junit.xml");
        Process run =
                start(
                        "run",
                        StartedRun.sample("config-fetch"),
                        "--realtime",
                        "--junit",
                        junit.toString());
        try {
            assertThat(out(run).readLine()).contains("[log]");
            // SIGTERM alone: Process.destroy() closes the pipes as well, which ends a run, too.
            assertThat(run.toHandle().destroy()).isTrue();
            assertThat(run.waitFor(TelemetryWorld.PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isEqualTo(143);
            assertThat(Files.readString(junit)).contains("<error type=\"interrupted\"");
        } finally {
            run.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatTheCloudHasAcknowledgedIsThereAfterItWasKilled() throws Exception {
        Path data = folder.resolve("data");
        Served first = Served.start(data);
        try {
            assertThat(first.send("POST", "/Configs", "Key=k&Value=v").statusCode()).isEqualTo(201);
        } finally {
            first.kill();
        }
        Served second = Served.start(data);
        try {
            HttpResponse<String> answer = second.send("GET", "/Configs/k", "");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"value\":\"v\"");
            assertThat(second.authorization()).isEqualTo(first.authorization());
        } finally {
            second.kill();
        }
    }
}
