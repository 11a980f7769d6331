package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvMqttReadPublishResponse}: how a publish ended. */
public final class MqttReadPublishResponse implements HostCall<MqttReadPublishResponse.Args> {
    private static final String STRUCT = "MvMqttPublishResponse";

    /** Arguments by the header's names. */
    public record Args(int handle, int responseData) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableStruct(STRUCT, args.responseData())) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.read(
                host,
                args.handle(),
                MqttReply.Published.class,
                reply -> {
                    host.memory()
                            .writer(STRUCT, args.responseData())
                            .put("request_state", reply.state().code())
                            .put("correlation_id", reply.correlationId())
                            .put("reason_code", reply.reasonCode());
                    return Status.OKAY;
                });
    }
}
