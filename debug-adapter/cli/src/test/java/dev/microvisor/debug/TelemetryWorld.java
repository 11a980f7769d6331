package dev.microvisor.debug;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/** What surrounds {@code telemetry.elf}: its cloud file, and somebody else at its broker. */
final class TelemetryWorld {
    static final String FIRMWARE = "src/test/firmware/telemetry.elf";
    static final int PATIENCE_S = 30;

    private TelemetryWorld() {}

    /**
     * Writes a cloud file.
     *
     * @param login {@code password} or {@code certificate}
     */
    static Path cloud(Path folder, TestBroker broker, String login) throws Exception {
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
        return Files.writeString(folder.resolve("cloud.toml"), cloud);
    }

    private static String item(String store, String key, String value) {
        return "[[config]]\nscope = \"device\"\nstore = \"%s\"\nkey = \"%s\"\nvalue = \"%s\"\n"
                .formatted(store, key, value);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Somebody else at the broker, who sees all that the device publishes. */
    record Person(Mqtt5BlockingClient client, Mqtt5BlockingClient.Mqtt5Publishes publishes) {
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
}
