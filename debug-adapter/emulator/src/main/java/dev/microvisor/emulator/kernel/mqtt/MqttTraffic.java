package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.MqttReadable;
import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.BrokerAddress;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.cloud.mqtt.MqttLink;
import dev.microvisor.emulator.cloud.mqtt.MqttMessage;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.Event;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channel;
import dev.microvisor.emulator.kernel.channels.ChannelEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Moves MQTT requests to the broker and replies to the channels. */
public final class MqttTraffic {
    private MqttTraffic() {}

    /** The channel of a request that may go out now, or why it may not. */
    static Status request(Host host, int handle, Function<Channel, Status> request) {
        Optional<Channel> channel = host.channels().find(handle, ChannelType.MQTT);
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        if (!channel.get().open() || MqttSession.of(channel.get()).spoilt()) {
            return Status.CHANNELCLOSED;
        }
        return request.apply(channel.get());
    }

    /** A nested pointer of a request was bad: the channel can only be closed. */
    static Status spoil(Host host, int handle) {
        change(host, handle, MqttSession::spoiled);
        return Status.LATEFAULT;
    }

    static void change(Host host, int handle, UnaryOperator<MqttSession> change) {
        Optional<Channel> channel = host.channels().find(handle);
        if (channel.isPresent()) {
            MqttSession changed = change.apply(MqttSession.of(channel.get()));
            host.channels().change(handle, t -> changed);
        }
    }

    /**
     * Writes a request into the send buffer and hands it to the broker.
     *
     * @param content what debuggers see in the send buffer
     * @return INVALIDBUFFERSIZE when it does not fit
     */
    static Status send(
            Host host,
            Channel channel,
            MqttCommand command,
            Bytes content,
            UnaryOperator<MqttSession> change) {
        if (content.size() > channel.send().sizeBytes()) {
            return Status.INVALIDBUFFERSIZE;
        }
        host.channels().fillSend(channel, 0, content);
        change(host, channel.handle(), change);
        tellBroker(host, channel.handle(), command);
        return Status.OKAY;
    }

    /** Gives a command to the broker of the channel's session, a real one or the one in here. */
    private static void tellBroker(Host host, int channel, MqttCommand command) {
        Optional<BrokerAddress> real = LiveMqtt.broker(host, channel);
        if (real.isPresent()) {
            LiveMqtt.send(host, channel, real.get(), command);
        } else {
            deliver(host, host.mqtt().send(channel, command));
        }
    }

    /** Firmware has taken a message. */
    static Status acknowledge(Host host, int channel, int messageNumber) {
        if (LiveMqtt.broker(host, channel).isPresent()) {
            LiveMqtt.acknowledge(host, channel, messageNumber);
        } else {
            deliver(host, host.mqtt().send(channel, new MqttCommand.Acknowledge(messageNumber)));
        }
        return Status.OKAY;
    }

    /** A channel is gone: its broker sees the connection drop. */
    static void vanish(Host host, Channel channel) {
        if (LiveMqtt.broker(host, channel).isPresent()) {
            LiveMqtt.cut(host, channel.handle());
        } else {
            deliver(host, host.mqtt().send(channel.handle(), new MqttCommand.Vanish()));
        }
    }

    /** Puts replies on their way. */
    static void deliver(Host host, List<MqttLink.Delivery> deliveries) {
        for (MqttLink.Delivery delivery : deliveries) {
            long extraMs =
                    delivery.reply() instanceof MqttReply.Received
                            ? 0
                            : host.faults().answerDelay(ChannelType.MQTT);
            if (extraMs >= 0) {
                host.agenda()
                        .add(
                                host.clock()
                                        .inMilliseconds(host.cloud().mqtt().delayMs() + extraMs),
                                new Arrival(delivery.channel(), delivery.reply()));
            }
        }
    }

    /** A reply reaches the device. Each one is announced, since firmware may read one at a time. */
    record Arrival(int channel, MqttReply reply) implements ChannelEvent {
        @Override
        public void happen(Host host) {
            Optional<Channel> found = host.channels().find(channel, ChannelType.MQTT);
            if (found.isEmpty() || !found.get().open()) {
                return;
            }
            MqttSession session = MqttSession.of(found.get());
            if (reply instanceof MqttReply.Received && session.isFlooded()) {
                breakCircuit(host, found.get(), session);
            } else {
                int capacity = found.get().receive().sizeBytes();
                change(host, channel, s -> s.arrived(reply, capacity));
                host.channels().postReadable(channel, "received " + reply.readable().name());
            }
        }
    }

    /** Firmware does not read as fast as messages come: its session ends, and with it they. */
    private static void breakCircuit(Host host, Channel channel, MqttSession session) {
        if (!session.isEnded()) {
            vanish(host, channel);
            new Arrival(
                            channel.handle(),
                            new MqttReply.Disconnected(
                                    MqttRequestState.CONNECTIONCIRCUITBREAKER, 0))
                    .happen(host);
        }
    }

    /** The broker ends the sessions of all channels, as it does when another client takes over. */
    public static void disconnectAll(Host host, int reasonCode) {
        for (Channel channel : host.channels().live()) {
            if (channel.type() == ChannelType.MQTT && channel.open()) {
                if (LiveMqtt.broker(host, channel).isPresent()) {
                    LiveMqtt.cut(host, channel.handle());
                } else {
                    host.mqtt().send(channel.handle(), new MqttCommand.Disconnect());
                }
                new Arrival(
                                channel.handle(),
                                new MqttReply.Disconnected(
                                        MqttRequestState.REQUESTCOMPLETED, reasonCode))
                        .happen(host);
            }
        }
    }

    /** A message of the cloud file is published, again and again when it says so. */
    public record Publication(MqttMessage message, long everyMs) implements Event {
        @Override
        public void happen(Host host) {
            deliver(host, host.mqtt().publish(message));
            if (everyMs > 0) {
                host.agenda().add(host.clock().inMilliseconds(everyMs), this);
            }
        }
    }

    /** Runs {@code reader} on the oldest reply when it is of the wanted kind, and takes it. */
    static <R extends MqttReply> Status read(
            Host host, int handle, Class<R> kind, Function<R, Status> reader) {
        Optional<Channel> channel = host.channels().find(handle, ChannelType.MQTT);
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        MqttSession session = MqttSession.of(channel.get());
        if (!channel.get().open() && !session.hasReceived()) {
            return Status.CHANNELCLOSED;
        }
        if (session.next() == MqttReadable.NONE || !kind.isInstance(session.queue().get(0))) {
            return Status.WRONGDATAREQUESTED;
        }
        Status status = reader.apply(kind.cast(session.queue().get(0)));
        if (status == Status.OKAY || status == Status.LATEFAULT) {
            int capacity = channel.get().receive().sizeBytes();
            change(host, handle, s -> s.read(capacity));
        }
        return status;
    }
}
