package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.channels.Channel;
import java.util.Optional;

/** {@code mvMqttRequestConnect}: opens the one session of a channel. */
public final class MqttRequestConnect implements HostCall<MqttRequestConnect.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int request) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> struct = host.memory().struct("MvMqttConnectRequest", args.request());
        if (struct.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.request(
                host, args.handle(), channel -> connect(host, channel, struct.get()));
    }

    private static Status connect(Host host, Channel channel, GuestStruct struct) {
        if (MqttSession.of(channel).connect().isPresent()) {
            return Status.REQUESTALREADYSENT;
        }
        ConnectRequestReader reader = new ConnectRequestReader(struct, host);
        Status refusal = reader.read();
        if (refusal == Status.LATEFAULT) {
            return MqttTraffic.spoil(host, channel.handle());
        }
        if (refusal != Status.OKAY) {
            return refusal;
        }
        MqttCommand.Connect connect = reader.connect();
        if (LiveMqtt.broker(host, connect).isEmpty()) {
            host.guest()
                    .warnOnce(
                            "MQTT: "
                                    + connect.host()
                                    + ":"
                                    + connect.port()
                                    + " is answered by the broker inside the emulator; [mqtt] of"
                                    + " the cloud file can name a real one");
        }
        Bytes shown =
                Bytes.utf8(
                        "CONNECT "
                                + connect.host()
                                + ":"
                                + connect.port()
                                + " "
                                + connect.clientId());
        return MqttTraffic.send(host, channel, connect, shown, s -> s.connecting(connect));
    }
}
