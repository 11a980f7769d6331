package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvMqttReadDisconnectResponse}: how the session ended. */
public final class MqttReadDisconnectResponse implements HostCall<MqttReadDisconnectResponse.Args> {
    private static final String STRUCT = "MvMqttDisconnectResponse";

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
                MqttReply.Disconnected.class,
                reply -> {
                    host.memory()
                            .writer(STRUCT, args.responseData())
                            .put("request_state", reply.state().code())
                            .put("disconnect_code", reply.reasonCode());
                    return Status.OKAY;
                });
    }
}
