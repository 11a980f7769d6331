package dev.microvisor.emulator.cloud.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.microvisor.emulator.api.MqttReadable;
import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.CloudFile;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.cloud.live.TestAuthority;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.kernel.mqtt.MqttFirmware;
import dev.microvisor.emulator.outside.Outside;
import dev.microvisor.emulator.outside.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** All MQTT calls against a real broker, over TCP and TLS, in both versions of the protocol. */
@Timeout(120)
class MosquittoTest {
    private static final String HOST = "broker.example";
    private static final int NOT_AUTHORISED_V3 = 5;
    private static final int NOT_AUTHORISED_V5 = 0x87;
    private static final int SESSION_TAKEN_OVER = 0x8E;
    private static final int WAIT_S = 10;

    @TempDir static Path folder;
    private static Mosquitto broker;

    @BeforeAll
    static void start() throws Exception {
        broker = Mosquitto.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    /** The cloud file sends each port of the broker that firmware names to one of Mosquitto's. */
    private static Cloud cloud() throws Exception {
        return CloudFile.parse(
                """
                [[mqtt.route]]
                host = "broker.example"
                port = 1883
                broker = "mqtt://localhost:%d"
                [[mqtt.route]]
                host = "broker.example"
                port = 1884
                broker = "mqtt://localhost:%d"
                [[mqtt.route]]
                host = "expired.example"
                broker = "mqtts://localhost:%d"
                [[mqtt.route]]
                host = "*.example"
                port = 8883
                broker = "mqtts://localhost:%d"
                [[mqtt.route]]
                host = "localhost"
                broker = "direct"
                [[mqtt.route]]
                host = "no-such-host.invalid"
                broker = "direct"
                """
                        .formatted(
                                broker.plainPort,
                                broker.passwordPort,
                                broker.expiredPort,
                                broker.tlsPort),
                "cloud.toml",
                folder);
    }

    private static KernelFixture live() throws Exception {
        return new KernelFixture(cloud(), World.without(Outside.live(false)));
    }

    /** Somebody else, who also talks to the broker. */
    private static Mqtt5BlockingClient other() {
        Mqtt5BlockingClient client =
                MqttClient.builder()
                        .serverHost("localhost")
                        .serverPort(broker.plainPort)
                        .useMqttVersion5()
                        .buildBlocking();
        client.connect();
        return client;
    }

    private static MqttFirmware connected(KernelFixture k, MqttVersion version, String clientId) {
        MqttFirmware firmware = new MqttFirmware(k, version);
        assertThat(firmware.connect(firmware.connectRequest(HOST, 1883, clientId)))
                .isEqualTo(Status.OKAY);
        assertThat(firmware.await()).isEqualTo(MqttReadable.CONNECTRESPONSE);
        Struct response = firmware.connectResponse();
        assertThat(response.get("request_state")).isZero();
        assertThat(response.get("reason_code")).isZero();
        return firmware;
    }

    private static void subscribe(MqttFirmware firmware, int qos, String topic) {
        assertThat(firmware.subscribe(1, qos, topic)).isEqualTo(Status.OKAY);
        assertThat(firmware.await()).isEqualTo(MqttReadable.SUBSCRIBERESPONSE);
        assertThat(firmware.subscribeResponse())
                .isEqualTo(new MqttFirmware.Codes(0, 1, List.of(qos)));
    }

    @ParameterizedTest
    @CsvSource({"V3_1_1,0", "V3_1_1,1", "V3_1_1,2", "V5,0", "V5,1", "V5,2"})
    void aMessageGoesThroughTheBrokerAndBack(MqttVersion version, int qos) throws Exception {
        KernelFixture k = live();
        MqttFirmware firmware = connected(k, version, "round-" + version + qos);
        String topic = "round/" + version + qos;
        subscribe(firmware, qos, topic);
        assertThat(firmware.publish(firmware.publishRequest(7, topic, "hello", qos)))
                .isEqualTo(Status.OKAY);
        boolean answered = false;
        MqttFirmware.Message message = null;
        while (!answered || message == null) {
            if (firmware.await() == MqttReadable.PUBLISHRESPONSE) {
                Struct response = firmware.publishResponse();
                assertThat(response.get("request_state")).isZero();
                assertThat(response.get("correlation_id")).isEqualTo(7);
                assertThat(response.get("reason_code")).isZero();
                answered = true;
            } else {
                message = firmware.message();
            }
        }
        assertThat(message)
                .isEqualTo(new MqttFirmware.Message(message.correlation(), topic, "hello", qos, 0));
        assertThat(firmware.acknowledge(message.correlation())).isEqualTo(Status.OKAY);
        assertThat(firmware.unsubscribe(9, topic)).isEqualTo(Status.OKAY);
        assertThat(firmware.await()).isEqualTo(MqttReadable.UNSUBSCRIBERESPONSE);
        assertThat(firmware.unsubscribeResponse())
                .isEqualTo(new MqttFirmware.Codes(0, 9, List.of(0)));
        assertThat(firmware.disconnect()).isEqualTo(Status.OKAY);
        assertThat(firmware.await()).isEqualTo(MqttReadable.DISCONNECTRESPONSE);
        assertThat(firmware.disconnectResponse().get("request_state")).isZero();
        assertThat(k.guest.warnings).isEmpty();
        assertThat(k.kernel.expectsOutsideInput()).as("nobody speaks any more").isFalse();
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void retainedMessagesComeAfterTheAnswerToTheSubscription(MqttVersion version) throws Exception {
        String topic = "retained/" + version;
        MqttFirmware publisher = connected(live(), version, "retainer-" + version);
        publisher.publish(publisher.publishRequest(1, topic, "kept", 1).set("retain", 1));
        assertThat(publisher.await()).isEqualTo(MqttReadable.PUBLISHRESPONSE);
        MqttFirmware reader = connected(live(), version, "reader-" + version);
        subscribe(reader, 1, topic);
        assertThat(reader.await()).isEqualTo(MqttReadable.MESSAGERECEIVED);
        MqttFirmware.Message message = reader.message();
        assertThat(message.payload()).isEqualTo("kept");
        assertThat(message.retain()).isOne();
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void theWillIsPublishedForAChannelThatIsClosedWithoutADisconnect(MqttVersion version)
            throws Exception {
        String topic = "will/" + version;
        Mqtt5BlockingClient heir = other();
        heir.subscribeWith().topicFilter(topic).send();
        try (Mqtt5BlockingClient.Mqtt5Publishes heard =
                heir.publishes(MqttGlobalPublishFilter.ALL)) {
            KernelFixture k = live();
            MqttFirmware firmware = new MqttFirmware(k, version);
            Struct request = firmware.connectRequest(HOST, 1883, "mortal-" + version);
            firmware.leave(request, topic, "gone", 1);
            firmware.connect(request);
            assertThat(firmware.await()).isEqualTo(MqttReadable.CONNECTRESPONSE);
            k.close(firmware.channel());
            Optional<Mqtt5Publish> will = heard.receive(WAIT_S, TimeUnit.SECONDS);
            assertThat(will.map(w -> text(w))).contains("gone");
        }
        heir.disconnect();
    }

    private static String text(Mqtt5Publish message) {
        return new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"V3_1_1,5", "V5,135"})
    void theBrokerChecksNameAndPassword(MqttVersion version, int refusal) throws Exception {
        assertThat(refusal)
                .isEqualTo(version == MqttVersion.V5 ? NOT_AUTHORISED_V5 : NOT_AUTHORISED_V3);
        for (String password : List.of(Mosquitto.PASSWORD, "wrong")) {
            KernelFixture k = live();
            MqttFirmware firmware = new MqttFirmware(k, version);
            Struct request = firmware.connectRequest(HOST, 1884, "named-" + version);
            MqttFirmware.authenticate(request, Mosquitto.USER, password);
            firmware.connect(request);
            assertThat(firmware.await()).isEqualTo(MqttReadable.CONNECTRESPONSE);
            Struct response = firmware.connectResponse();
            assertThat(response.get("request_state")).isZero();
            assertThat(response.get("reason_code"))
                    .isEqualTo(password.equals("wrong") ? refusal : 0);
        }
    }

    private static MqttRequestState secured(
            MqttVersion version, List<Bytes> authorities, List<Bytes> own, Bytes key)
            throws Exception {
        return secured("secure.example", version, authorities, own, key);
    }

    private static MqttRequestState secured(
            String host, MqttVersion version, List<Bytes> authorities, List<Bytes> own, Bytes key)
            throws Exception {
        KernelFixture k = live();
        MqttFirmware firmware = new MqttFirmware(k, version);
        Struct request = firmware.connectRequest(host, 8883, "tls-" + version);
        firmware.secure(request, authorities, own, key);
        firmware.connect(request);
        assertThat(firmware.await()).isEqualTo(MqttReadable.CONNECTRESPONSE);
        return MqttRequestState.values()[firmware.connectResponse().get("request_state")];
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void tlsWithAClientCertificateInDer(MqttVersion version) throws Exception {
        Bytes ca = TestAuthority.certificate("ca");
        Bytes own = TestAuthority.certificate("device");
        Bytes key = TestAuthority.key("device");
        assertThat(secured(version, List.of(ca), List.of(own), key))
                .isEqualTo(MqttRequestState.REQUESTCOMPLETED);
        assertThat(secured(version, List.of(own), List.of(own), key))
                .as("an authority that did not sign the server")
                .isEqualTo(MqttRequestState.UNKNOWNCA);
        assertThat(secured(version, List.of(ca), List.of(own), Bytes.utf8("no key")))
                .isEqualTo(MqttRequestState.INVALIDPARAMETERS);
        assertThat(secured(version, List.of(Bytes.utf8("-")), List.of(), Bytes.EMPTY))
                .isEqualTo(MqttRequestState.INVALIDPARAMETERS);
        assertThat(secured(version, List.of(ca), List.of(), Bytes.EMPTY))
                .as("the broker wants a certificate")
                .isNotEqualTo(MqttRequestState.REQUESTCOMPLETED);
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void certificatesThatHaveExpired(MqttVersion version) throws Exception {
        List<Bytes> ca = List.of(TestAuthority.certificate("ca"));
        List<Bytes> own = List.of(TestAuthority.certificate("expired-device"));
        Bytes key = TestAuthority.key("expired-device");
        assertThat(secured("expired.example", version, ca, List.of(), Bytes.EMPTY))
                .isEqualTo(MqttRequestState.CERTIFICATEEXPIRED);
        assertThat(secured(version, ca, own, key)).isEqualTo(MqttRequestState.CERTIFICATEEXPIRED);
    }

    private static MqttRequestState connectState(String host, int port) throws Exception {
        KernelFixture k = live();
        MqttFirmware firmware = new MqttFirmware(k, MqttVersion.V5);
        firmware.connect(firmware.connectRequest(host, port, "lost"));
        assertThat(firmware.await()).isEqualTo(MqttReadable.CONNECTRESPONSE);
        assertThat(k.guest.warnings).singleElement().asString().contains(host, "failed");
        return MqttRequestState.values()[firmware.connectResponse().get("request_state")];
    }

    @Test
    void aBrokerThatIsNotThereHasAState() throws Exception {
        assertThat(connectState("no-such-host.invalid", 1883)).isEqualTo(MqttRequestState.NXDOMAIN);
        assertThat(connectState("localhost", 1)).isEqualTo(MqttRequestState.SOCKETERROR);
    }

    @Test
    void requestsBeforeAConnectAreNotConnected() throws Exception {
        KernelFixture k = live();
        MqttFirmware refused = new MqttFirmware(k, MqttVersion.V5);
        refused.connect(refused.connectRequest("localhost", 1, "early"));
        refused.publish(refused.publishRequest(1, "a", "b", 1));
        refused.subscribe(2, 0, "a");
        assertThat(refused.await()).isEqualTo(MqttReadable.CONNECTRESPONSE);
        refused.connectResponse();
        assertThat(refused.await()).isEqualTo(MqttReadable.PUBLISHRESPONSE);
        assertThat(refused.publishResponse().get("request_state"))
                .isEqualTo(MqttRequestState.NOTCONNECTED.code());
        assertThat(refused.await()).isEqualTo(MqttReadable.SUBSCRIBERESPONSE);
        assertThat(refused.subscribeResponse().state())
                .isEqualTo(MqttRequestState.NOTCONNECTED.code());
    }

    @Test
    void topicsThatMqttDoesNotHaveAreInvalidParameters() throws Exception {
        MqttFirmware firmware = connected(live(), MqttVersion.V5, "wild");
        firmware.publish(firmware.publishRequest(1, "a/#", "b", 1));
        assertThat(firmware.await()).isEqualTo(MqttReadable.PUBLISHRESPONSE);
        assertThat(firmware.publishResponse().get("request_state"))
                .isEqualTo(MqttRequestState.INVALIDPARAMETERS.code());
        firmware.subscribe(2, 3, "a");
        assertThat(firmware.await()).isEqualTo(MqttReadable.SUBSCRIBERESPONSE);
        assertThat(firmware.subscribeResponse().state())
                .isEqualTo(MqttRequestState.INVALIDPARAMETERS.code());
    }

    /** Mosquitto gives no reason when another client takes over; this broker of nine bytes does. */
    @Test
    void theBrokerEndsTheSessionWithItsReason() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> rude = CompletableFuture.runAsync(() -> letInAndThrowOut(door));
            KernelFixture k = live();
            MqttFirmware firmware = new MqttFirmware(k, MqttVersion.V5);
            firmware.connect(firmware.connectRequest("localhost", door.getLocalPort(), "twice"));
            assertThat(firmware.await()).isEqualTo(MqttReadable.CONNECTRESPONSE);
            assertThat(firmware.connectResponse().get("reason_code")).isZero();
            assertThat(firmware.await()).isEqualTo(MqttReadable.DISCONNECTRESPONSE);
            Struct response = firmware.disconnectResponse();
            assertThat(response.get("request_state")).isZero();
            assertThat(response.get("disconnect_code")).isEqualTo(SESSION_TAKEN_OVER);
            assertThat(k.kernel.expectsOutsideInput()).isFalse();
            rude.join();
        }
    }

    private static void letInAndThrowOut(ServerSocket door) {
        try (Socket client = door.accept()) {
            assertThat(client.getInputStream().read(new byte[256])).isPositive();
            // CONNACK without properties, then DISCONNECT with a reason, as MQTT 5 writes them.
            client.getOutputStream().write(new byte[] {0x20, 3, 0, 0, 0});
            client.getOutputStream()
                    .write(new byte[] {(byte) 0xE0, 2, (byte) SESSION_TAKEN_OVER, 0});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Quality 1 means at least once: who does not acknowledge gets the message again. */
    @Test
    void whatIsNotAcknowledgedComesAgain() throws Exception {
        assertThat(messagesAfterReturning("forgetful", false)).isEqualTo("again");
        assertThat(messagesAfterReturning("diligent", true)).isEqualTo("new");
    }

    private static String messagesAfterReturning(String clientId, boolean acknowledges)
            throws Exception {
        String topic = "again/" + clientId;
        KernelFixture k = live();
        MqttFirmware firmware = persistent(k, clientId);
        subscribe(firmware, 1, topic);
        Mqtt5BlockingClient other = other();
        send(other, topic, "again");
        assertThat(firmware.await()).isEqualTo(MqttReadable.MESSAGERECEIVED);
        MqttFirmware.Message message = firmware.message();
        if (acknowledges) {
            firmware.acknowledge(message.correlation());
        }
        firmware.disconnect();
        assertThat(firmware.await()).isEqualTo(MqttReadable.DISCONNECTRESPONSE);
        k.close(firmware.channel());
        send(other, topic, "new");
        other.disconnect();
        MqttFirmware again = persistent(live(), clientId);
        assertThat(again.await()).isEqualTo(MqttReadable.MESSAGERECEIVED);
        return again.message().payload();
    }

    private static void send(Mqtt5BlockingClient client, String topic, String payload) {
        client.publishWith()
                .topic(topic)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
    }

    private static MqttFirmware persistent(KernelFixture k, String clientId) {
        MqttFirmware firmware = new MqttFirmware(k, MqttVersion.V3_1_1);
        firmware.connect(firmware.connectRequest(HOST, 1883, clientId).set("clean_start", 0));
        assertThat(firmware.await()).isEqualTo(MqttReadable.CONNECTRESPONSE);
        assertThat(firmware.connectResponse().get("reason_code")).isZero();
        return firmware;
    }

    /** The same calls with the same answers, and nobody is asked. */
    @Test
    void aRecordedRunNeedsNoBroker() throws Exception {
        Path file = folder.resolve("run.jsonl");
        Outside recorder = Outside.live(false);
        KernelFixture first = new KernelFixture(cloud(), World.without(recorder));
        recorder.recordTo(file, "firmware", FakeGuest.CLOCK_HZ, false);
        Mqtt5BlockingClient witness = other();
        witness.subscribeWith().topicFilter("recorded/up").send();
        try (Mqtt5BlockingClient.Mqtt5Publishes heard =
                witness.publishes(MqttGlobalPublishFilter.ALL)) {
            session(first, () -> send(witness, "recorded/down", "from outside"));
            assertThat(heard.receive(WAIT_S, TimeUnit.SECONDS)).isPresent();
            Outside tape = Outside.replaying(Recording.read(file), false);
            KernelFixture again = new KernelFixture(cloud(), World.without(tape));
            session(again, () -> {});
            assertThat(again.trace).isEqualTo(first.trace).hasSizeGreaterThan(8);
            assertThat(again.guest.now).isEqualTo(first.guest.now);
            assertThat(heard.receiveNow()).as("replaying publishes nothing").isEmpty();
        }
        witness.disconnect();
    }

    private static void session(KernelFixture k, Runnable outside) {
        MqttFirmware firmware = connected(k, MqttVersion.V5, "recorded");
        subscribe(firmware, 1, "recorded/down");
        firmware.publish(firmware.publishRequest(2, "recorded/up", "x", 1));
        assertThat(firmware.await()).isEqualTo(MqttReadable.PUBLISHRESPONSE);
        firmware.publishResponse();
        outside.run();
        assertThat(firmware.await()).isEqualTo(MqttReadable.MESSAGERECEIVED);
        MqttFirmware.Message message = firmware.message();
        assertThat(message.payload()).isEqualTo("from outside");
        firmware.acknowledge(message.correlation());
        firmware.disconnect();
        assertThat(firmware.await()).isEqualTo(MqttReadable.DISCONNECTRESPONSE);
        firmware.disconnectResponse();
    }

    /** Going back in time and on again gives the same, without a second message to the broker. */
    @Test
    void thePastIsNotSentAgain() throws Exception {
        Mqtt5BlockingClient witness = other();
        witness.subscribeWith().topicFilter("past").send();
        try (Mqtt5BlockingClient.Mqtt5Publishes heard =
                witness.publishes(MqttGlobalPublishFilter.ALL)) {
            KernelFixture k = live();
            MqttFirmware firmware = connected(k, MqttVersion.V5, "past");
            Object before = k.kernel.save();
            long then = k.guest.now;
            publishAndRead(firmware);
            assertThat(heard.receive(WAIT_S, TimeUnit.SECONDS)).isPresent();
            long end = k.guest.now;
            k.kernel.restore(before);
            k.guest.now = then;
            publishAndRead(firmware);
            assertThat(k.guest.now).isEqualTo(end);
            k.close(firmware.channel());
            send(witness, "past", "end");
            assertThat(heard.receive(WAIT_S, TimeUnit.SECONDS).map(m -> text(m))).contains("end");
        }
        witness.disconnect();
    }

    private static void publishAndRead(MqttFirmware firmware) {
        firmware.publish(firmware.publishRequest(2, "past", "once", 1));
        assertThat(firmware.await()).isEqualTo(MqttReadable.PUBLISHRESPONSE);
        assertThat(firmware.publishResponse().get("request_state")).isZero();
    }

    @Test
    void aBrokerThatDiesIsASocketError() throws Exception {
        Path other = folder.resolve("other");
        Files.createDirectories(other);
        MqttFirmware firmware;
        try (Mosquitto dying = Mosquitto.start(other)) {
            Cloud cloud =
                    CloudFile.parse(
                            "[[mqtt.route]]\nhost = \"*\"\nbroker = \"mqtt://localhost:%d\""
                                    .formatted(dying.plainPort),
                            "cloud.toml",
                            folder);
            KernelFixture k = new KernelFixture(cloud, World.without(Outside.live(false)));
            firmware = connected(k, MqttVersion.V3_1_1, "bereft");
        }
        assertThat(firmware.await()).isEqualTo(MqttReadable.DISCONNECTRESPONSE);
        assertThat(firmware.disconnectResponse().get("request_state"))
                .isEqualTo(MqttRequestState.SOCKETERROR.code());
    }
}
