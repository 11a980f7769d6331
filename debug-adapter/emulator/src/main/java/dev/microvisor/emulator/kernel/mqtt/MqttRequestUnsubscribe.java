package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.channels.Channel;
import java.util.List;
import java.util.Optional;

/** {@code mvMqttRequestUnsubscribe}: gives topics up; one request is served at a time. */
public final class MqttRequestUnsubscribe implements HostCall<MqttRequestUnsubscribe.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int request) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> struct =
                host.memory().struct("MvMqttUnsubscribeRequest", args.request());
        if (struct.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.request(
                host, args.handle(), channel -> unsubscribe(host, channel, struct.get()));
    }

    private static Status unsubscribe(Host host, Channel channel, GuestStruct struct) {
        if (MqttSession.of(channel).inFlight().unsubscribes() > 0) {
            return Status.RATELIMITED;
        }
        int count = struct.word("num_topics");
        if (Integer.compareUnsigned(count, host.limit("mqtt-topics")) > 0) {
            return Status.TOOMANYELEMENTS;
        }
        Optional<List<Bytes>> topics = SizedStrings.read(struct, "topics", count);
        if (topics.isEmpty()) {
            return MqttTraffic.spoil(host, channel.handle());
        }
        List<String> filters = topics.get().stream().map(Bytes::text).toList();
        MqttCommand.Unsubscribe command =
                new MqttCommand.Unsubscribe(struct.word("correlation_id"), filters);
        return MqttTraffic.send(
                host,
                channel,
                command,
                Bytes.utf8("UNSUBSCRIBE " + String.join(" ", filters)),
                s -> s.unsubscribing(command));
    }
}
