package dev.microvisor.emulator.kernel.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.MqttReadable;
import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import java.util.ArrayList;
import java.util.List;

/** What firmware does with an MQTT channel, call by call. */
public final class MqttFirmware {
    private final KernelFixture k;
    private final MqttVersion version;
    private final int channel;

    /** Opens a channel. */
    public MqttFirmware(KernelFixture k, MqttVersion version) {
        this(k, version, k.channel(ChannelType.MQTT));
    }

    /** On a channel that is open. */
    public MqttFirmware(KernelFixture k, MqttVersion version, int channel) {
        this.k = k;
        this.version = version;
        this.channel = channel;
    }

    public int channel() {
        return channel;
    }

    /** A connect request that a broker without rules takes. */
    public Struct connectRequest(String host, int port, String clientId) {
        return k.struct("MvMqttConnectRequest")
                .set("protocol_version", version.code())
                .set("host", host)
                .set("port", port)
                .set("clientid", clientId)
                .set("keepalive", 60)
                .set("clean_start", 1);
    }

    /** Adds a name and a password. */
    public static void authenticate(Struct request, String name, String password) {
        request.set("authentication.method", 1)
                .set("authentication.username_password.username", name)
                .set("authentication.username_password.password", password);
    }

    /** Adds TLS credentials; empty lists and an empty key are left out. */
    public void secure(Struct request, List<Bytes> authorities, List<Bytes> own, Bytes key) {
        Struct tls = k.struct("MvTlsCredentials");
        certificates(tls, "cacert", authorities);
        certificates(tls, "clientcert.chain", own);
        if (!key.isEmpty()) {
            tls.set("clientcert.key.data", bytes(key)).set("clientcert.key.length", key.size());
        }
        request.set("tls_credentials", tls.at);
    }

    private void certificates(Struct tls, String chain, List<Bytes> certificates) {
        if (certificates.isEmpty()) {
            return;
        }
        List<Struct> strings = k.structs("MvSizedString", certificates.size());
        for (int i = 0; i < strings.size(); i++) {
            strings.get(i)
                    .set("data", bytes(certificates.get(i)))
                    .set("length", certificates.get(i).size());
        }
        tls.set(chain + ".num_certs", strings.size()).set(chain + ".certs", strings.get(0).at);
    }

    private int bytes(Bytes content) {
        int at = k.room(content.size());
        k.guest.write(at, content.toArray());
        return at;
    }

    /** Adds a will. */
    public void leave(Struct request, String topic, String payload, int qos) {
        request.set(
                "will",
                k.struct("MvMqttWill")
                        .set("topic", topic)
                        .set("payload", payload)
                        .set("qos", qos)
                        .at);
    }

    public Status connect(Struct request) {
        return k.call("mvMqttRequestConnect", channel, request.at);
    }

    /** What can be read next. */
    public MqttReadable next() {
        int out = k.variable(-1);
        assertThat(k.call("mvMqttGetNextReadableDataType", channel, out)).isEqualTo(Status.OKAY);
        return MqttReadable.values()[k.word(out)];
    }

    /** Reads how the connect ended. */
    public Struct connectResponse() {
        return response("mvMqttReadConnectResponse", "MvMqttConnectResponse");
    }

    public Struct publishResponse() {
        return response("mvMqttReadPublishResponse", "MvMqttPublishResponse");
    }

    public Struct disconnectResponse() {
        return response("mvMqttReadDisconnectResponse", "MvMqttDisconnectResponse");
    }

    private Struct response(String call, String type) {
        Struct response = k.struct(type);
        assertThat(k.call(call, channel, response.at)).isEqualTo(Status.OKAY);
        return response;
    }

    public Struct subscribeRequest(int correlation, int qos, String... topics) {
        List<Struct> subscriptions = k.structs("MvMqttSubscription", topics.length);
        for (int i = 0; i < topics.length; i++) {
            subscriptions.get(i).set("topic", topics[i]).set("desired_qos", qos);
        }
        return k.struct("MvMqttSubscribeRequest")
                .set("correlation_id", correlation)
                .set("subscriptions", subscriptions.get(0).at)
                .set("num_subscriptions", topics.length);
    }

    public Status subscribe(int correlation, int qos, String... topics) {
        return k.call(
                "mvMqttRequestSubscribe", channel, subscribeRequest(correlation, qos, topics).at);
    }

    public Struct unsubscribeRequest(int correlation, String... topics) {
        List<Struct> strings = k.structs("MvSizedString", topics.length);
        for (int i = 0; i < topics.length; i++) {
            strings.get(i).set("data", k.text(topics[i])).set("length", topics[i].length());
        }
        return k.struct("MvMqttUnsubscribeRequest")
                .set("correlation_id", correlation)
                .set("topics", strings.get(0).at)
                .set("num_topics", topics.length);
    }

    public Status unsubscribe(int correlation, String... topics) {
        return k.call(
                "mvMqttRequestUnsubscribe", channel, unsubscribeRequest(correlation, topics).at);
    }

    /** The state of an (un)subscribe, its correlation and its reason codes, in this order. */
    public record Codes(int state, int correlation, List<Integer> codes) {}

    public Codes subscribeResponse() {
        return codes("mvMqttReadSubscribeResponse", "MvMqttSubscribeResponse");
    }

    public Codes unsubscribeResponse() {
        return codes("mvMqttReadUnsubscribeResponse", "MvMqttUnsubscribeResponse");
    }

    private Codes codes(String call, String type) {
        int state = k.variable(-1);
        int correlation = k.variable(-1);
        int values = k.room(32);
        int count = k.variable(-1);
        Struct target =
                k.struct(type)
                        .set("request_state", state)
                        .set("correlation_id", correlation)
                        .set("reason_codes", values)
                        .set("reason_codes_size", 32)
                        .set("reason_codes_len", count);
        assertThat(k.call(call, channel, target.at)).isEqualTo(Status.OKAY);
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < k.word(count); i++) {
            codes.add(k.word(values + 4 * i));
        }
        return new Codes(k.word(state), k.word(correlation), codes);
    }

    public Struct publishRequest(int correlation, String topic, String payload, int qos) {
        return k.struct("MvMqttPublishRequest")
                .set("correlation_id", correlation)
                .set("topic", topic)
                .set("payload", payload)
                .set("desired_qos", qos);
    }

    public Status publish(Struct request) {
        return k.call("mvMqttRequestPublish", channel, request.at);
    }

    /** A message as firmware gets it. */
    public record Message(int correlation, String topic, String payload, int qos, int retain) {}

    public Message message() {
        int correlation = k.variable(-1);
        int topicLength = k.variable(-1);
        int payloadLength = k.variable(-1);
        int qos = k.variable(-1);
        int retain = k.variable(0);
        int topic = k.room(128);
        int payload = k.room(512);
        Struct target =
                k.struct("MvMqttMessage")
                        .set("correlation_id", correlation)
                        .set("topic.data", topic)
                        .set("topic.size", 128)
                        .set("topic.length", topicLength)
                        .set("payload.data", payload)
                        .set("payload.size", 512)
                        .set("payload.length", payloadLength)
                        .set("qos", qos)
                        .set("retain", retain);
        assertThat(k.call("mvMqttReceiveMessage", channel, target.at)).isEqualTo(Status.OKAY);
        return new Message(
                k.word(correlation),
                k.textAt(topic, k.word(topicLength)),
                k.textAt(payload, k.word(payloadLength)),
                k.word(qos),
                k.word(retain));
    }

    public Status acknowledge(int correlation) {
        return k.call("mvMqttAcknowledgeMessage", channel, correlation);
    }

    public Status disconnect() {
        return k.call("mvMqttRequestDisconnect", channel);
    }

    /**
     * Idles as firmware does that waits for an interrupt, until something can be read: virtual time
     * goes with real time while a broker may speak.
     */
    public MqttReadable await() {
        long until = k.guest.now + 10L * k.guest.clockHz();
        MqttReadable next = next();
        while (next == MqttReadable.NONE && k.guest.now < until) {
            int interrupts = k.guest.pended.size();
            while (k.guest.pended.size() == interrupts && k.guest.now < until) {
                k.idle(until);
            }
            next = next();
        }
        return next;
    }
}
