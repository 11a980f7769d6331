package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.cloud.mqtt.MqttMessage;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.channels.Channel;
import java.util.Optional;

/**
 * {@code mvMqttRequestPublish}: sends a message. No source gives a status for one that does not fit
 * the send buffer; it is INVALIDBUFFERSIZE here, as for other requests.
 */
public final class MqttRequestPublish implements HostCall<MqttRequestPublish.Args> {
    /** Messages without an answer; no source states how many may be on their way. */
    static final int MAX_IN_FLIGHT = 8;

    /** Arguments by the header's names. */
    public record Args(int handle, int request) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> struct = host.memory().struct("MvMqttPublishRequest", args.request());
        if (struct.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.request(
                host, args.handle(), channel -> publish(host, channel, struct.get()));
    }

    private static Status publish(Host host, Channel channel, GuestStruct struct) {
        if (MqttSession.of(channel).inFlight().publishes() >= MAX_IN_FLIGHT) {
            return Status.RATELIMITED;
        }
        Optional<Bytes> topic = struct.sizedString("topic");
        Optional<Bytes> payload = struct.sizedString("payload");
        if (topic.isEmpty() || payload.isEmpty()) {
            return MqttTraffic.spoil(host, channel.handle());
        }
        MqttMessage message =
                new MqttMessage(
                        topic.get().text(),
                        payload.get(),
                        struct.word("desired_qos"),
                        struct.word("retain") != 0);
        return MqttTraffic.send(
                host,
                channel,
                new MqttCommand.Publish(struct.word("correlation_id"), message),
                topic.get().plus(Bytes.utf8(" ")).plus(payload.get()),
                MqttSession::publishing);
    }
}
