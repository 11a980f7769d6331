package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.StructWriter;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.function.BiConsumer;

/**
 * {@code mvMqttReadConnectResponse}, {@code mvMqttReadPublishResponse} and {@code
 * mvMqttReadDisconnectResponse}: how a request ended, written into a structure without pointers.
 *
 * @param <R> the kind of reply
 */
public final class MqttReadOutcome<R extends MqttReply> implements HostCall<MqttReadOutcome.Args> {
    private final String struct;
    private final Class<R> kind;
    private final BiConsumer<R, StructWriter> writer;

    private MqttReadOutcome(String struct, Class<R> kind, BiConsumer<R, StructWriter> writer) {
        this.struct = struct;
        this.kind = kind;
        this.writer = writer;
    }

    public static MqttReadOutcome<MqttReply.Connected> ofConnect() {
        return new MqttReadOutcome<>(
                "MvMqttConnectResponse",
                MqttReply.Connected.class,
                (reply, target) ->
                        target.put("request_state", reply.state().code())
                                .put("reason_code", reply.reasonCode()));
    }

    public static MqttReadOutcome<MqttReply.Published> ofPublish() {
        return new MqttReadOutcome<>(
                "MvMqttPublishResponse",
                MqttReply.Published.class,
                (reply, target) ->
                        target.put("request_state", reply.state().code())
                                .put("correlation_id", reply.correlationId())
                                .put("reason_code", reply.reasonCode()));
    }

    public static MqttReadOutcome<MqttReply.Disconnected> ofDisconnect() {
        return new MqttReadOutcome<>(
                "MvMqttDisconnectResponse",
                MqttReply.Disconnected.class,
                (reply, target) ->
                        target.put("request_state", reply.state().code())
                                .put("disconnect_code", reply.reasonCode()));
    }

    /** Arguments by the header's names. */
    public record Args(int handle, int responseData) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableStruct(struct, args.responseData())) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.read(
                host,
                args.handle(),
                kind,
                reply -> {
                    writer.accept(reply, host.memory().writer(struct, args.responseData()));
                    return Status.OKAY;
                });
    }
}
