package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
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
    private static final String FIRMWARE = "src/test/firmware/telemetry.elf";
    private static final int PATIENCE_S = 30;

    @TempDir Path folder;

    private static String item(String store, String key, String value) {
        return "[[config]]\nscope = \"device\"\nstore = \"%s\"\nkey = \"%s\"\nvalue = \"%s\"\n"
                .formatted(store, key, value);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The run goes on beside the test until somebody tells the firmware to stop. */
    private CompletableFuture<JsonRun> start(TestBroker broker, String login) throws Exception {
        boolean certificate = login.equals("certificate");
        int port = certificate ? broker.certificatePort : broker.passwordPort;
        String cloud =
                "[mqtt]\nmode = \"live\"\n[[mqtt.route]]\nhost = \"broker.example\"\n"
                        + "broker = \"mqtts://localhost:%d\"\n".formatted(port)
                        + item("config", "authority", hex(TestBroker.certificate("ca")))
                        + (certificate
                                ? item(
                                                "config",
                                                "certificate",
                                                hex(TestBroker.certificate("device")))
                                        + item("secret", "key", hex(TestBroker.key("device")))
                                : item("config", "user", TestBroker.USER)
                                        + item("secret", "password", TestBroker.PASSWORD));
        Path file = Files.writeString(folder.resolve("cloud.toml"), cloud);
        return CompletableFuture.supplyAsync(
                () -> JsonRun.of("", FIRMWARE, "--cloud", file.toString(), "--max-time", "90s"));
    }

    /** Somebody else at the broker, who sees all that the device publishes. */
    private record Person(
            Mqtt5BlockingClient client, Mqtt5BlockingClient.Mqtt5Publishes publishes) {
        static Person at(TestBroker broker) {
            Mqtt5BlockingClient client =
                    MqttClient.builder()
                            .serverHost("localhost")
                            .serverPort(broker.plainPort)
                            .useMqttVersion5()
                            .buildBlocking();
            client.connect();
            Person person = new Person(client, client.publishes(MqttGlobalPublishFilter.ALL));
            for (String topic : new String[] {"telemetry/values", "telemetry/done"}) {
                client.subscribeWith().topicFilter(topic).send();
            }
            return person;
        }

        /** The next message of a topic. */
        String next(String topic) throws InterruptedException {
            while (true) {
                Mqtt5Publish message =
                        publishes.receive(PATIENCE_S, TimeUnit.SECONDS).orElseThrow();
                if (message.getTopic().toString().equals(topic)) {
                    return new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
                }
            }
        }

        void command(String text) {
            client.publishWith()
                    .topic("telemetry/commands")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(text.getBytes(StandardCharsets.UTF_8))
                    .send();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "certificate"})
    void firmwarePublishesAndDoesWhatItIsTold(String login) throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            Person person = Person.at(broker);
            CompletableFuture<JsonRun> run = start(broker, login);
            assertThat(person.next("telemetry/values")).isEqualTo("{\"celsius\":21.5}");
            person.command("blink");
            assertThat(person.next("telemetry/done")).isEqualTo("blink");
            person.command("stop");
            JsonRun ended = run.get(PATIENCE_S, TimeUnit.SECONDS);
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
    }

    @Test
    void firmwareConnectsAgainWhenTheBrokerHasGoneAwayAndComesBack() throws Exception {
        try (TestBroker broker = new TestBroker(folder)) {
            Person before = Person.at(broker);
            CompletableFuture<JsonRun> run = start(broker, "password");
            before.next("telemetry/values");
            broker.stop();
            broker.start();
            Person after = Person.at(broker);
            after.next("telemetry/values");
            after.command("stop");
            JsonRun ended = run.get(PATIENCE_S, TimeUnit.SECONDS);
            assertThat(ended.log().stream().filter("connected: state 0, reason 0"::equals))
                    .hasSize(2);
            assertThat(ended.log()).endsWith("command: stop", "disconnected: state 0", "end");
        }
    }
}
