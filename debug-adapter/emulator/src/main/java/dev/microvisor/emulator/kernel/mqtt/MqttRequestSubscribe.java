package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code mvMqttRequestSubscribe}: asks for topics; one request is served at a time. */
public final class MqttRequestSubscribe implements HostCall<MqttRequestSubscribe.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int request) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> struct =
                host.memory().struct("MvMqttSubscribeRequest", args.request());
        if (struct.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.request(
                host, args.handle(), channel -> subscribe(host, channel, struct.get()));
    }

    private static Status subscribe(Host host, Channel channel, GuestStruct struct) {
        if (MqttSession.of(channel).inFlight().subscribes() > 0) {
            return Status.RATELIMITED;
        }
        int count = struct.word("num_subscriptions");
        if (Integer.compareUnsigned(count, host.limit("mqtt-topics")) > 0) {
            return Status.TOOMANYELEMENTS;
        }
        Optional<List<GuestStruct>> wanted = struct.array("subscriptions", count);
        if (wanted.isEmpty()) {
            return MqttTraffic.spoil(host, channel.handle());
        }
        List<MqttCommand.Subscription> subscriptions = new ArrayList<>();
        StringBuilder shown = new StringBuilder("SUBSCRIBE");
        for (GuestStruct subscription : wanted.get()) {
            Optional<Bytes> topic = subscription.sizedString("topic");
            if (topic.isEmpty()) {
                return MqttTraffic.spoil(host, channel.handle());
            }
            subscriptions.add(
                    new MqttCommand.Subscription(
                            topic.get().text(),
                            subscription.word("desired_qos"),
                            subscription.word("nl") != 0,
                            subscription.word("rap") != 0,
                            subscription.word("rh")));
            shown.append(' ').append(topic.get().text());
        }
        MqttCommand.Subscribe command =
                new MqttCommand.Subscribe(struct.word("correlation_id"), subscriptions);
        return MqttTraffic.send(
                host, channel, command, Bytes.utf8(shown.toString()), s -> s.subscribing(command));
    }
}
