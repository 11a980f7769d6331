package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvMqttReadSubscribeResponse}: one reason code for each topic asked for. */
public final class MqttReadSubscribeResponse implements HostCall<MqttReadSubscribeResponse.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int responseData) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> target =
                host.memory().struct("MvMqttSubscribeResponse", args.responseData());
        if (target.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.read(
                host,
                args.handle(),
                MqttReply.Subscribed.class,
                reply ->
                        TopicCodes.write(
                                host,
                                target.get(),
                                reply.state(),
                                reply.correlationId(),
                                reply.reasonCodes()));
    }
}
