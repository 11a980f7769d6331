package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.channels.Channel;
import java.util.Optional;

/** {@code mvMqttGetNextReadableDataType}: which read call comes next. */
public final class MqttGetNextReadableDataType
        implements HostCall<MqttGetNextReadableDataType.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int dataType) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableWord(args.dataType())) {
            return Status.PARAMETERFAULT;
        }
        Optional<Channel> channel = host.channels().find(args.handle(), ChannelType.MQTT);
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        MqttSession session = MqttSession.of(channel.get());
        if (!channel.get().open() && !session.hasReceived()) {
            return Status.CHANNELCLOSED;
        }
        host.memory().putWord(args.dataType(), session.next().code());
        return Status.OKAY;
    }
}
