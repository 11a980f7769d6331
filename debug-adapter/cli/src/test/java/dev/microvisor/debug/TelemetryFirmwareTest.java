package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.debug.TelemetryWorld.Person;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code telemetry.elf} with a broker over TLS, from its reset to its end. */
@Timeout(120)
class TelemetryFirmwareTest {
    @TempDir Path folder;

    /** The run goes on beside the test until somebody tells the firmware to stop. */
    private CompletableFuture<JsonRun> start(TestBroker broker, String login) throws Exception {
        TelemetryWorld.cloud(folder, broker, login);
        return CompletableFuture.supplyAsync(() -> run("--record"));
    }

    private JsonRun run(String recordOrReplay) {
        return JsonRun.of(
                "",
                TelemetryWorld.FIRMWARE,
                "--cloud",
                folder.resolve("cloud.toml").toString(),
                "--max-time",
                "90s",
                recordOrReplay,
                folder.resolve("recording.jsonl").toString());
    }

    /** The same run to the last instruction, with the broker gone. */
    private void replaysAs(JsonRun recorded) {
        JsonRun replayed = run("--replay");
        assertThat(replayed.code()).as(replayed.err()).isEqualTo(recorded.code());
        assertThat(replayed.log()).isEqualTo(recorded.log());
        assertThat(replayed.stateHash()).isEqualTo(recorded.stateHash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "certificate"})
    void firmwarePublishesAndDoesWhatItIsTold(String login) throws Exception {
        JsonRun ended;
        try (TestBroker broker = new TestBroker(folder)) {
            Person person = Person.at(broker);
            CompletableFuture<JsonRun> run = start(broker, login);
            assertThat(person.next("telemetry/values")).isEqualTo("{\"celsius\":21.5}");
            person.command("blink");
            assertThat(person.next("telemetry/done")).isEqualTo("blink");
            person.command("stop");
            ended = run.get(TelemetryWorld.PATIENCE_S, TimeUnit.SECONDS);
            assertThat(ended.log())
                    .containsExactly(
                            "connected: state 0, reason 0",
                            "subscribed: state 0, code 1",
                            "command: blink",
                            "command: stop",
                            "disconnected: state 0",
                            "end");
            assertThat(ended.code()).isZero();
        }
        replaysAs(ended);
    }

    @Test
    void firmwareConnectsAgainWhenTheBrokerHasGoneAwayAndComesBack() throws Exception {
        JsonRun ended;
        try (TestBroker broker = new TestBroker(folder)) {
            Person before = Person.at(broker);
            CompletableFuture<JsonRun> run = start(broker, "password");
            before.next("telemetry/values");
            broker.stop();
            broker.start();
            Person after = Person.at(broker);
            after.next("telemetry/values");
            after.command("stop");
            ended = run.get(TelemetryWorld.PATIENCE_S, TimeUnit.SECONDS);
            assertThat(ended.log().stream().filter("connected: state 0, reason 0"::equals))
                    .hasSize(2);
            assertThat(ended.log()).endsWith("command: stop", "disconnected: state 0", "end");
        }
        replaysAs(ended);
    }
}
