package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/**
 * {@code mvMqttReadSubscribeResponse} and {@code mvMqttReadUnsubscribeResponse}: one reason code
 * for each topic, written through the pointers of a structure.
 *
 * @param <R> the kind of reply
 */
public final class MqttReadTopicCodes<R extends MqttReply>
        implements HostCall<MqttReadTopicCodes.Args> {
    private final String struct;
    private final Class<R> kind;
    private final Writer<R> writer;

    private MqttReadTopicCodes(String struct, Class<R> kind, Writer<R> writer) {
        this.struct = struct;
        this.kind = kind;
        this.writer = writer;
    }

    /** Writes a reply into the structure. */
    private interface Writer<R> {
        Status write(Host host, GuestStruct target, R reply);
    }

    public static MqttReadTopicCodes<MqttReply.Subscribed> ofSubscribe() {
        return new MqttReadTopicCodes<>(
                "MvMqttSubscribeResponse",
                MqttReply.Subscribed.class,
                (host, target, reply) ->
                        TopicCodes.write(
                                host,
                                target,
                                reply.state(),
                                reply.correlationId(),
                                reply.reasonCodes()));
    }

    public static MqttReadTopicCodes<MqttReply.Unsubscribed> ofUnsubscribe() {
        return new MqttReadTopicCodes<>(
                "MvMqttUnsubscribeResponse",
                MqttReply.Unsubscribed.class,
                (host, target, reply) ->
                        TopicCodes.write(
                                host,
                                target,
                                reply.state(),
                                reply.correlationId(),
                                reply.reasonCodes()));
    }

    /** Arguments by the header's names. */
    public record Args(int handle, int responseData) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> target = host.memory().struct(struct, args.responseData());
        if (target.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.read(
                host, args.handle(), kind, reply -> writer.write(host, target.get(), reply));
    }
}
