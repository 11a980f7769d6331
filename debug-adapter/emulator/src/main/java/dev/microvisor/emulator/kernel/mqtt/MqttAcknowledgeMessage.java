package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/**
 * {@code mvMqttAcknowledgeMessage}: confirms a message. How many confirmations under way are too
 * many is not documented, and none has an answer, so only a scripted fault says RATELIMITED.
 */
public final class MqttAcknowledgeMessage implements HostCall<MqttAcknowledgeMessage.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int correlationId) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        return MqttTraffic.request(
                host,
                args.handle(),
                channel -> MqttTraffic.acknowledge(host, args.handle(), args.correlationId()));
    }
}
