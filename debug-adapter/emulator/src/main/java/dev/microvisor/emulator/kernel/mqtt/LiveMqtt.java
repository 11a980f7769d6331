package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.cloud.BrokerAddress;
import dev.microvisor.emulator.cloud.broker.BrokerAnswer;
import dev.microvisor.emulator.cloud.broker.BrokerArrival;
import dev.microvisor.emulator.cloud.broker.Sent;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channel;
import dev.microvisor.emulator.kernel.channels.ChannelEvent;
import java.util.Optional;

/**
 * Sessions whose broker is a real one. Requests are answered a fixed virtual time after the call:
 * the machine waits there for what the broker says. Messages come when they come; both are recorded
 * with their instruction number.
 */
public final class LiveMqtt {
    /** What the recording calls it. */
    public static final String SOURCE = "mqtt";

    private LiveMqtt() {}

    /** The real broker of a channel's session; empty for the one inside the emulator. */
    static Optional<BrokerAddress> broker(Host host, int channel) {
        return host.channels().find(channel).flatMap(c -> broker(host, c));
    }

    static Optional<BrokerAddress> broker(Host host, Channel channel) {
        return MqttSession.of(channel).connect().flatMap(connect -> broker(host, connect));
    }

    static Optional<BrokerAddress> broker(Host host, MqttCommand.Connect connect) {
        boolean secured =
                !connect.certificates().isEmpty() || !connect.clientCertificates().isEmpty();
        return host.cloud().mqtt().broker(connect.host(), connect.port(), secured);
    }

    static void send(Host host, int channel, BrokerAddress broker, MqttCommand command) {
        Sent sent = new Sent(channel, host.clock().now(), broker, command);
        boolean live = host.outside().isLive();
        if (live) {
            host.brokers().start(sent);
            noteSources(host);
        }
        long extraMs = host.faults().answerDelay(ChannelType.MQTT);
        if (extraMs >= 0) {
            host.agenda()
                    .add(
                            host.clock().inMilliseconds(host.cloud().mqtt().delayMs() + extraMs),
                            new AnswerDue(channel, sent));
        } else if (live) {
            host.brokers().forget(sent);
        }
    }

    static void acknowledge(Host host, int channel, int messageNumber) {
        if (host.outside().isLive()) {
            host.brokers().acknowledge(channel, messageNumber);
        }
    }

    /** Ends a session without a word, unless that happened in the past that is run again. */
    static void cut(Host host, int channel) {
        if (host.outside().isLive()) {
            host.brokers().cut(channel);
            noteSources(host);
        }
    }

    private static void noteSources(Host host) {
        if (host.brokers().isOpen()) {
            host.outside().open(SOURCE);
        } else {
            host.outside().close(SOURCE);
        }
    }

    /** A broker has said something unasked. */
    public static void arrived(Host host, String said) {
        BrokerArrival arrival = BrokerArrival.fromJson(said);
        int channel = arrival.channel();
        boolean wanted =
                host.channels().find(channel, ChannelType.MQTT).filter(Channel::open).isPresent();
        if (wanted) {
            new MqttTraffic.Arrival(channel, arrival.reply()).happen(host);
        }
        if (!wanted || arrival.reply() instanceof MqttReply.Disconnected) {
            cut(host, channel);
        }
    }

    /** The time has come at which firmware gets the broker's answer. */
    record AnswerDue(int channel, Sent sent) implements ChannelEvent {
        @Override
        public void happen(Host host) {
            Optional<String> said =
                    host.outside()
                            .askPatiently(
                                    SOURCE,
                                    sent.words(),
                                    () ->
                                            host.brokers()
                                                    .answer(sent)
                                                    .thenApply(BrokerAnswer::toJson));
            if (said.isEmpty()) {
                host.agenda().addFirst(host.clock().now(), this);
                return;
            }
            host.brokers().forget(sent);
            BrokerAnswer answer = BrokerAnswer.fromJson(said.get());
            if (!answer.warning().isEmpty()) {
                host.guest().warnOnce(answer.warning());
            }
            new MqttTraffic.Arrival(channel, answer.reply()).happen(host);
            if (isEnd(answer.reply())) {
                cut(host, channel);
            }
        }

        private static boolean isEnd(MqttReply reply) {
            if (reply instanceof MqttReply.Connected connected) {
                return connected.state() != MqttRequestState.REQUESTCOMPLETED
                        || connected.reasonCode() != 0;
            }
            return reply instanceof MqttReply.Disconnected;
        }
    }
}
