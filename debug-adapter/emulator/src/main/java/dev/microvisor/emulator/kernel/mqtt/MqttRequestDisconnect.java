package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvMqttRequestDisconnect}: ends the session in good order. */
public final class MqttRequestDisconnect implements HostCall<MqttRequestDisconnect.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0));
    }

    @Override
    public Status handle(Args args, Host host) {
        return MqttTraffic.request(
                host,
                args.handle(),
                channel ->
                        MqttSession.of(channel).inFlight().disconnecting()
                                ? Status.RATELIMITED
                                : MqttTraffic.send(
                                        host,
                                        channel,
                                        new MqttCommand.Disconnect(),
                                        Bytes.utf8("DISCONNECT"),
                                        MqttSession::disconnecting));
    }
}
