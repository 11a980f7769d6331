package dev.microvisor.emulator.kernel.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.MqttReadable;
import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MqttCallsTest {
    private KernelFixture k = KernelFixture.plain();

    private Struct connectRequest() {
        return k.struct("MvMqttConnectRequest")
                .set("protocol_version", 1)
                .set("host", "broker.example")
                .set("port", 8883)
                .set("clientid", "device")
                .set("keepalive", 60)
                .set("clean_start", 1);
    }

    private int connected() {
        int channel = k.channel(ChannelType.MQTT);
        assertThat(k.call("mvMqttRequestConnect", channel, connectRequest().at))
                .isEqualTo(Status.OKAY);
        k.pass(150);
        Struct response = k.struct("MvMqttConnectResponse");
        assertThat(next(channel)).isEqualTo(MqttReadable.CONNECTRESPONSE);
        assertThat(k.call("mvMqttReadConnectResponse", channel, response.at))
                .isEqualTo(Status.OKAY);
        assertThat(response.get("request_state")).isZero();
        assertThat(response.get("reason_code")).isZero();
        return channel;
    }

    private MqttReadable next(int channel) {
        int out = k.variable(-1);
        assertThat(k.call("mvMqttGetNextReadableDataType", channel, out)).isEqualTo(Status.OKAY);
        return MqttReadable.values()[k.word(out)];
    }

    private Struct subscribeRequest(int correlation, String... topics) {
        List<Struct> subscriptions = k.structs("MvMqttSubscription", topics.length);
        for (int i = 0; i < topics.length; i++) {
            subscriptions.get(i).set("topic", topics[i]).set("desired_qos", 1);
        }
        return k.struct("MvMqttSubscribeRequest")
                .set("correlation_id", correlation)
                .set("subscriptions", subscriptions.get(0).at)
                .set("num_subscriptions", topics.length);
    }

    private Struct publishRequest(int correlation, String topic, String payload) {
        return k.struct("MvMqttPublishRequest")
                .set("correlation_id", correlation)
                .set("topic", topic)
                .set("payload", payload)
                .set("desired_qos", 1);
    }

    /** Where the answer to an (un)subscribe goes. */
    private final class Codes {
        private final int state = k.variable(-1);
        private final int correlation = k.variable(-1);
        private final int values = k.room(16);
        private final int count = k.variable(-1);

        Struct target(String type, int size) {
            return k.struct(type)
                    .set("request_state", state)
                    .set("correlation_id", correlation)
                    .set("reason_codes", values)
                    .set("reason_codes_size", size)
                    .set("reason_codes_len", count);
        }
    }

    /** Where a message goes. */
    private final class Message {
        private final int correlation = k.variable(-1);
        private final int topic = k.room(32);
        private final int topicLength = k.variable(-1);
        private final int payload = k.room(32);
        private final int payloadLength = k.variable(-1);
        private final int qos = k.variable(-1);
        private final int retain = k.variable(-1);
        private final Struct target = k.struct("MvMqttMessage");

        Message(int topicSize, int payloadSize) {
            target.set("correlation_id", correlation).set("qos", qos).set("retain", retain);
            buffer(target.at + 4, topic, topicSize, topicLength);
            buffer(target.at + 16, payload, payloadSize, payloadLength);
        }

        private void buffer(int at, int data, int size, int length) {
            k.guest.writeWord(at, data);
            k.guest.writeWord(at + 4, size);
            k.guest.writeWord(at + 8, length);
        }

        String text() {
            return k.textAt(topic, k.word(topicLength))
                    + "="
                    + k.textAt(payload, k.word(payloadLength));
        }
    }

    @Test
    void aMessageGoesRoundThroughTheBroker() {
        int channel = connected();
        k.call("mvMqttRequestSubscribe", channel, subscribeRequest(7, "a/+", "b").at);
        k.pass(150);
        Codes codes = new Codes();
        assertThat(next(channel)).isEqualTo(MqttReadable.SUBSCRIBERESPONSE);
        // Hazard 14: the size may be the number of elements.
        assertThat(
                        k.call(
                                "mvMqttReadSubscribeResponse",
                                channel,
                                codes.target("MvMqttSubscribeResponse", 2).at))
                .isEqualTo(Status.OKAY);
        assertThat(k.word(codes.correlation)).isEqualTo(7);
        assertThat(k.word(codes.count)).isEqualTo(2);
        assertThat(k.word(codes.values)).isEqualTo(1);
        assertThat(k.call("mvMqttRequestPublish", channel, publishRequest(8, "a/x", "hi").at))
                .isEqualTo(Status.OKAY);
        k.pass(150);
        Struct published = k.struct("MvMqttPublishResponse");
        assertThat(k.call("mvMqttReadPublishResponse", channel, published.at))
                .isEqualTo(Status.OKAY);
        assertThat(published.get("correlation_id")).isEqualTo(8);
        assertThat(published.get("reason_code")).isZero();
        Message message = new Message(32, 32);
        assertThat(k.call("mvMqttReceiveMessage", channel, message.target.at))
                .isEqualTo(Status.OKAY);
        assertThat(message.text()).isEqualTo("a/x=hi");
        assertThat(k.word(message.qos)).isEqualTo(1);
        assertThat(k.word(message.retain) & 0xFF).isZero();
        assertThat(k.call("mvMqttAcknowledgeMessage", channel, k.word(message.correlation)))
                .isEqualTo(Status.OKAY);
        assertThat(next(channel)).isEqualTo(MqttReadable.NONE);
        assertThat(k.guest.pended).hasSize(4);
    }

    @Test
    void unsubscribingEndsDelivery() {
        int channel = connected();
        k.call("mvMqttRequestSubscribe", channel, subscribeRequest(1, "a").at);
        k.pass(150);
        k.call(
                "mvMqttReadSubscribeResponse",
                channel,
                new Codes().target("MvMqttSubscribeResponse", 4).at);
        Struct topic = k.structs("MvSizedString", 1).get(0);
        topic.set("data", k.text("a")).set("length", 1);
        Struct request =
                k.struct("MvMqttUnsubscribeRequest")
                        .set("correlation_id", 2)
                        .set("topics", topic.at)
                        .set("num_topics", 1);
        assertThat(k.call("mvMqttRequestUnsubscribe", channel, request.at)).isEqualTo(Status.OKAY);
        assertThat(k.call("mvMqttRequestUnsubscribe", channel, request.at))
                .isEqualTo(Status.RATELIMITED);
        k.pass(150);
        Codes codes = new Codes();
        assertThat(
                        k.call(
                                "mvMqttReadUnsubscribeResponse",
                                channel,
                                codes.target("MvMqttUnsubscribeResponse", 4).at))
                .isEqualTo(Status.OKAY);
        assertThat(k.word(codes.values)).isZero();
        k.call("mvMqttRequestPublish", channel, publishRequest(3, "a", "x").at);
        k.pass(150);
        k.call("mvMqttReadPublishResponse", channel, k.room(12));
        assertThat(next(channel)).isEqualTo(MqttReadable.NONE);
    }

    @Test
    void disconnectingIsAnsweredAndEndsTheSession() {
        int channel = connected();
        assertThat(k.call("mvMqttRequestDisconnect", channel)).isEqualTo(Status.OKAY);
        assertThat(k.call("mvMqttRequestDisconnect", channel)).isEqualTo(Status.RATELIMITED);
        k.pass(150);
        Struct response = k.struct("MvMqttDisconnectResponse");
        assertThat(k.call("mvMqttReadDisconnectResponse", channel, response.at))
                .isEqualTo(Status.OKAY);
        assertThat(response.get("disconnect_code")).isZero();
        k.call("mvMqttRequestPublish", channel, publishRequest(3, "a", "x").at);
        k.pass(150);
        Struct published = k.struct("MvMqttPublishResponse");
        k.call("mvMqttReadPublishResponse", channel, published.at);
        assertThat(published.get("request_state")).isEqualTo(MqttRequestState.NOTCONNECTED.code());
    }

    private Status connect(Consumer<Struct> change) {
        k = KernelFixture.plain();
        int channel = k.channel(ChannelType.MQTT);
        Struct request = connectRequest();
        change.accept(request);
        return k.call("mvMqttRequestConnect", channel, request.at);
    }

    @Test
    void connectRefuses() {
        assertThat(k.call("mvMqttRequestConnect", 1, 0)).isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvMqttRequestConnect", 1, connectRequest().at))
                .isEqualTo(Status.INVALIDHANDLE);
        assertThat(connect(r -> r.breakString("host"))).isEqualTo(Status.LATEFAULT);
        assertThat(connect(r -> r.set("will", FakeGuest.NOWHERE))).isEqualTo(Status.LATEFAULT);
        assertThat(connect(r -> r.set("tls_credentials", FakeGuest.NOWHERE)))
                .isEqualTo(Status.LATEFAULT);
        assertThat(connect(r -> r.set("host", ""))).isEqualTo(Status.REQUIREDELEMENTMISSING);
        assertThat(connect(r -> r.set("clientid", ""))).isEqualTo(Status.REQUIREDELEMENTMISSING);
        assertThat(connect(r -> r.set("will", k.struct("MvMqttWill").at)))
                .isEqualTo(Status.REQUIREDELEMENTMISSING);
        assertThat(connect(r -> k.guest.writeWord(r.at + 24, 1)))
                .isEqualTo(Status.INVALIDAUTHENTICATION);
        assertThat(connect(r -> k.guest.writeWord(r.at + 24, 9)))
                .isEqualTo(Status.INVALIDAUTHENTICATION);
        assertThat(
                        connect(
                                r -> {
                                    Struct tls = k.struct("MvTlsCredentials");
                                    k.guest.writeWord(tls.at, 9);
                                    r.set("tls_credentials", tls.at);
                                }))
                .isEqualTo(Status.TOOMANYELEMENTS);
        assertThat(
                        connect(
                                r -> {
                                    Struct tls = k.struct("MvTlsCredentials");
                                    Struct certificate = k.structs("MvSizedString", 1).get(0);
                                    k.guest.writeWord(tls.at + 8, 1);
                                    k.guest.writeWord(tls.at + 12, certificate.at);
                                    r.set("tls_credentials", tls.at);
                                }))
                .isEqualTo(Status.REQUIREDELEMENTMISSING);
    }

    /** Only one byte of the method counts: the padding may hold anything. */
    @Test
    void theAuthenticationMethodIsOneByte() {
        assertThat(connect(r -> k.guest.writeWord(r.at + 24, 0xABCD_EF00))).isEqualTo(Status.OKAY);
    }

    @Test
    void thereIsOneConnectForEachChannel() {
        int channel = connected();
        assertThat(k.call("mvMqttRequestConnect", channel, connectRequest().at))
                .isEqualTo(Status.REQUESTALREADYSENT);
    }

    @Test
    void aLateFaultSpoilsTheChannel() {
        int channel = connected();
        Struct publish = publishRequest(1, "a", "b").breakString("payload");
        assertThat(k.call("mvMqttRequestPublish", channel, publish.at)).isEqualTo(Status.LATEFAULT);
        assertThat(k.call("mvMqttRequestPublish", channel, publishRequest(1, "a", "b").at))
                .isEqualTo(Status.CHANNELCLOSED);
    }

    @Test
    void requestsRefuse() {
        int channel = connected();
        for (String request :
                new String[] {
                    "mvMqttRequestSubscribe", "mvMqttRequestUnsubscribe", "mvMqttRequestPublish"
                }) {
            assertThat(k.call(request, channel, FakeGuest.NOWHERE))
                    .isEqualTo(Status.PARAMETERFAULT);
            assertThat(k.call(request, 1, k.room(64))).isEqualTo(Status.INVALIDHANDLE);
        }
        assertThat(k.call("mvMqttRequestDisconnect", 1)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvMqttAcknowledgeMessage", 1, 1)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(
                        k.call(
                                "mvMqttRequestSubscribe",
                                channel,
                                subscribeRequest(1, "a").set("num_subscriptions", 9).at))
                .isEqualTo(Status.TOOMANYELEMENTS);
        assertThat(
                        k.call(
                                "mvMqttRequestUnsubscribe",
                                channel,
                                k.struct("MvMqttUnsubscribeRequest").set("num_topics", 9).at))
                .isEqualTo(Status.TOOMANYELEMENTS);
        assertThat(k.call("mvMqttRequestSubscribe", channel, subscribeRequest(1, "a").at))
                .isEqualTo(Status.OKAY);
        assertThat(k.call("mvMqttRequestSubscribe", channel, subscribeRequest(2, "b").at))
                .isEqualTo(Status.RATELIMITED);
        for (int i = 0; i < 8; i++) {
            assertThat(k.call("mvMqttRequestPublish", channel, publishRequest(i, "z", "1").at))
                    .isEqualTo(Status.OKAY);
        }
        assertThat(k.call("mvMqttRequestPublish", channel, publishRequest(9, "z", "1").at))
                .isEqualTo(Status.RATELIMITED);
    }

    @Test
    void badNestedPointersOfSubscribeAndUnsubscribeAreLateFaults() {
        int channel = connected();
        assertThat(
                        k.call(
                                "mvMqttRequestSubscribe",
                                channel,
                                subscribeRequest(1, "a").set("subscriptions", 0).at))
                .isEqualTo(Status.LATEFAULT);
        k = KernelFixture.plain();
        channel = connected();
        assertThat(
                        k.call(
                                "mvMqttRequestUnsubscribe",
                                channel,
                                k.struct("MvMqttUnsubscribeRequest").set("num_topics", 1).at))
                .isEqualTo(Status.LATEFAULT);
    }

    @Test
    void readsRefuse() {
        int channel = connected();
        for (String read :
                new String[] {
                    "mvMqttReadConnectResponse",
                    "mvMqttReadSubscribeResponse",
                    "mvMqttReadUnsubscribeResponse",
                    "mvMqttReadPublishResponse",
                    "mvMqttReceiveMessage",
                    "mvMqttReceiveLostMessageInfo",
                    "mvMqttReadDisconnectResponse"
                }) {
            assertThat(k.call(read, channel, FakeGuest.NOWHERE)).isEqualTo(Status.PARAMETERFAULT);
            assertThat(k.call(read, 1, k.room(64))).isEqualTo(Status.INVALIDHANDLE);
            assertThat(k.call(read, channel, k.room(64))).isEqualTo(Status.WRONGDATAREQUESTED);
        }
        assertThat(k.call("mvMqttGetNextReadableDataType", channel, 0))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvMqttGetNextReadableDataType", 1, k.variable(0)))
                .isEqualTo(Status.INVALIDHANDLE);
    }

    @Test
    void tooSmallABufferLeavesTheAnswerWhereItIsAndABadPointerLosesIt() {
        int channel = connected();
        k.call("mvMqttRequestSubscribe", channel, subscribeRequest(1, "a", "b").at);
        k.pass(150);
        Codes codes = new Codes();
        assertThat(
                        k.call(
                                "mvMqttReadSubscribeResponse",
                                channel,
                                codes.target("MvMqttSubscribeResponse", 1).at))
                .isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(next(channel)).isEqualTo(MqttReadable.SUBSCRIBERESPONSE);
        assertThat(
                        k.call(
                                "mvMqttReadSubscribeResponse",
                                channel,
                                codes.target("MvMqttSubscribeResponse", 8)
                                        .set("request_state", 0)
                                        .at))
                .isEqualTo(Status.LATEFAULT);
        assertThat(next(channel)).isEqualTo(MqttReadable.NONE);
        k.call("mvMqttRequestPublish", channel, publishRequest(3, "a", "long payload").at);
        k.pass(150);
        k.call("mvMqttReadPublishResponse", channel, k.room(12));
        assertThat(k.call("mvMqttReceiveMessage", channel, new Message(32, 4).target.at))
                .isEqualTo(Status.INVALIDBUFFERSIZE);
        assertThat(
                        k.call(
                                "mvMqttReceiveMessage",
                                channel,
                                new Message(32, 32).target.set("qos", 0).at))
                .isEqualTo(Status.LATEFAULT);
        assertThat(next(channel)).isEqualTo(MqttReadable.NONE);
    }

    @Test
    void messagesOfTheCloudFileArriveAndLargeOnesAreLost() {
        k =
                KernelFixture.with(
                        """
                        [[mqtt_message]]
                        topic = "a"
                        payload = "%s"
                        at_ms = 1000
                        [[mqtt_message]]
                        topic = "a"
                        payload = "tick"
                        at_ms = 2000
                        every_ms = 500
                        """
                                .formatted("x".repeat(1100)));
        int channel = connected();
        k.call("mvMqttRequestSubscribe", channel, subscribeRequest(1, "a").at);
        k.pass(1200);
        k.call(
                "mvMqttReadSubscribeResponse",
                channel,
                new Codes().target("MvMqttSubscribeResponse", 4).at);
        assertThat(next(channel)).isEqualTo(MqttReadable.MESSAGELOST);
        int reason = k.variable(-1);
        int length = k.variable(-1);
        Struct lost =
                k.struct("MvMqttLostMessageInfo").set("reason", reason).set("message_len", length);
        k.guest.writeWord(lost.at + 4, k.room(8));
        k.guest.writeWord(lost.at + 8, 8);
        k.guest.writeWord(lost.at + 12, k.variable(0));
        assertThat(k.call("mvMqttReceiveLostMessageInfo", channel, lost.at)).isEqualTo(Status.OKAY);
        assertThat(k.word(reason)).isZero();
        assertThat(k.word(length)).isGreaterThan(1100);
        k.pass(2000);
        Message message = new Message(32, 32);
        for (int i = 0; i < 3; i++) {
            assertThat(k.call("mvMqttReceiveMessage", channel, message.target.at))
                    .isEqualTo(Status.OKAY);
            assertThat(message.text()).isEqualTo("a=tick");
        }
    }

    /** A queue without an end would grow as long as the broker sends. */
    @Test
    void messagesThatNobodyReadsEndTheSessionAtLast() {
        k =
                KernelFixture.with(
                        "[[mqtt_message]]\ntopic = \"a\"\npayload = \"x\"\nat_ms = 1000\nevery_ms = 1");
        MqttFirmware firmware = new MqttFirmware(k, MqttVersion.V5, connected());
        firmware.subscribe(1, 0, "a");
        k.pass(4000);
        firmware.subscribeResponse();
        int messages = 0;
        Message message = new Message(32, 32);
        while (k.call("mvMqttReceiveMessage", firmware.channel(), message.target.at)
                == Status.OKAY) {
            messages++;
        }
        assertThat(firmware.next()).isEqualTo(MqttReadable.DISCONNECTRESPONSE);
        assertThat(messages).isBetween(MqttSession.MAX_BACKLOG, MqttSession.MAX_BACKLOG + 100);
        assertThat(firmware.disconnectResponse().get("request_state"))
                .isEqualTo(MqttRequestState.CONNECTIONCIRCUITBREAKER.code());
        assertThat(firmware.next()).as("nothing comes any more").isEqualTo(MqttReadable.NONE);
    }

    @Test
    void theBrokerCanDisconnectUnasked() {
        k = KernelFixture.with("[[fault]]\nat_ms = 1000\nmqtt_disconnect = 0x8E");
        int channel = connected();
        k.pass(1000);
        Struct response = k.struct("MvMqttDisconnectResponse");
        assertThat(k.call("mvMqttReadDisconnectResponse", channel, response.at))
                .isEqualTo(Status.OKAY);
        assertThat(response.get("disconnect_code")).isEqualTo(0x8E);
    }

    @ParameterizedTest
    @EnumSource(MqttRequestState.class)
    void connectsCanEndInEveryState(MqttRequestState state) {
        k = KernelFixture.with("[mqtt]\nconnect_state = \"" + state + "\"");
        int channel = k.channel(ChannelType.MQTT);
        k.call("mvMqttRequestConnect", channel, connectRequest().at);
        k.pass(150);
        Struct response = k.struct("MvMqttConnectResponse");
        k.call("mvMqttReadConnectResponse", channel, response.at);
        assertThat(response.get("request_state")).isEqualTo(state.code());
    }

    @Test
    void aBrokenChannelGivesWhatHasArrivedAndTakesNoRequests() {
        k = KernelFixture.with("[[fault]]\nat_ms = 1000\nnetwork = \"down\"");
        int channel = connected();
        k.call("mvMqttRequestPublish", channel, publishRequest(1, "a", "b").at);
        k.pass(1000);
        assertThat(next(channel)).isEqualTo(MqttReadable.PUBLISHRESPONSE);
        assertThat(k.call("mvMqttReadPublishResponse", channel, k.room(12))).isEqualTo(Status.OKAY);
        assertThat(k.call("mvMqttReadPublishResponse", channel, k.room(12)))
                .isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.call("mvMqttGetNextReadableDataType", channel, k.variable(0)))
                .isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.call("mvMqttRequestDisconnect", channel)).isEqualTo(Status.CHANNELCLOSED);
        assertThat(k.call("mvMqttAcknowledgeMessage", channel, 1)).isEqualTo(Status.CHANNELCLOSED);
    }
}
