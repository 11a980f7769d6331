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
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * {@code mvMqttRequestSubscribe} and {@code mvMqttRequestUnsubscribe}: ask for topics, or give them
 * up; one request of each kind is served at a time.
 */
public final class MqttRequestTopics implements HostCall<MqttRequestTopics.Args> {
    private final String struct;
    private final String countField;
    private final ToIntFunction<MqttSession.InFlight> underWay;
    private final Reader reader;

    private MqttRequestTopics(
            String struct,
            String countField,
            ToIntFunction<MqttSession.InFlight> underWay,
            Reader reader) {
        this.struct = struct;
        this.countField = countField;
        this.underWay = underWay;
        this.reader = reader;
    }

    /** Reads so many topics; empty when a pointer is bad. */
    private interface Reader {
        Optional<Request> read(GuestStruct struct, int count);
    }

    /**
     * A request that has been read.
     *
     * @param shown what debuggers see in the send buffer
     * @param change what it does to the session
     */
    private record Request(MqttCommand command, String shown, UnaryOperator<MqttSession> change) {}

    public static MqttRequestTopics subscribing() {
        return new MqttRequestTopics(
                "MvMqttSubscribeRequest",
                "num_subscriptions",
                MqttSession.InFlight::subscribes,
                MqttRequestTopics::subscribe);
    }

    public static MqttRequestTopics unsubscribing() {
        return new MqttRequestTopics(
                "MvMqttUnsubscribeRequest",
                "num_topics",
                MqttSession.InFlight::unsubscribes,
                MqttRequestTopics::unsubscribe);
    }

    /** Arguments by the header's names. */
    public record Args(int handle, int request) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> request = host.memory().struct(struct, args.request());
        if (request.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.request(
                host, args.handle(), channel -> send(host, channel, request.get()));
    }

    private Status send(Host host, Channel channel, GuestStruct struct) {
        if (underWay.applyAsInt(MqttSession.of(channel).inFlight()) > 0) {
            return Status.RATELIMITED;
        }
        int count = struct.word(countField);
        if (Integer.compareUnsigned(count, host.limit("mqtt-topics")) > 0) {
            return Status.TOOMANYELEMENTS;
        }
        Optional<Request> request = reader.read(struct, count);
        if (request.isEmpty()) {
            return MqttTraffic.spoil(host, channel.handle());
        }
        return MqttTraffic.send(
                host,
                channel,
                request.get().command(),
                Bytes.utf8(request.get().shown()),
                request.get().change());
    }

    private static Optional<Request> subscribe(GuestStruct struct, int count) {
        Optional<List<GuestStruct>> wanted = struct.array("subscriptions", count);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<MqttCommand.Subscription> subscriptions = new ArrayList<>();
        StringBuilder shown = new StringBuilder("SUBSCRIBE");
        for (GuestStruct subscription : wanted.get()) {
            Optional<Bytes> topic = subscription.sizedString("topic");
            if (topic.isEmpty()) {
                return Optional.empty();
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
        return Optional.of(
                new Request(command, shown.toString(), session -> session.subscribing(command)));
    }

    private static Optional<Request> unsubscribe(GuestStruct struct, int count) {
        Optional<List<Bytes>> topics = SizedStrings.read(struct, "topics", count);
        if (topics.isEmpty()) {
            return Optional.empty();
        }
        List<String> filters = topics.get().stream().map(Bytes::text).toList();
        MqttCommand.Unsubscribe command =
                new MqttCommand.Unsubscribe(struct.word("correlation_id"), filters);
        return Optional.of(
                new Request(
                        command,
                        "UNSUBSCRIBE " + String.join(" ", filters),
                        session -> session.unsubscribing(command)));
    }
}
