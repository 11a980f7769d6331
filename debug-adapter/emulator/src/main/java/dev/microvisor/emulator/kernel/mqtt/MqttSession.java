package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.MqttReadable;
import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channel;
import dev.microvisor.emulator.kernel.channels.Traffic;
import dev.microvisor.emulator.kernel.view.ChannelView.MqttView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an MQTT channel has sent and what waits to be read.
 *
 * @param connect the one connect request; empty before it
 * @param spoilt true after a LATEFAULT of a request: the channel is of no more use
 * @param state of the session, in words
 * @param queue what can be read, oldest first; it fits the receive buffer
 * @param backlog what the broker holds back until there is room
 * @param filters topics subscribed to
 * @param inFlight requests without an answer
 */
public record MqttSession(
        Optional<MqttCommand.Connect> connect,
        boolean spoilt,
        String state,
        List<MqttReply> queue,
        List<MqttReply> backlog,
        List<String> filters,
        InFlight inFlight)
        implements Traffic {
    /** What a reply takes in the receive buffer besides topic and payload. */
    static final int REPLY_HEAD_BYTES = 16;

    /** Replies that wait at the broker for room; with more messages the session ends. */
    static final int MAX_BACKLOG = 1000;

    private static final String ENDED = "disconnected";

    static final MqttSession START =
            new MqttSession(
                    Optional.empty(),
                    false,
                    "not connected",
                    List.of(),
                    List.of(),
                    List.of(),
                    new InFlight(0, 0, 0, false));

    public MqttSession {
        queue = List.copyOf(queue);
        backlog = List.copyOf(backlog);
        filters = List.copyOf(filters);
    }

    /** Requests on their way, by kind. Acknowledgements have no answer and are not counted. */
    public record InFlight(
            int subscribes, int unsubscribes, int publishes, boolean disconnecting) {}

    /** The session of a channel; a new one when nothing was sent yet. */
    static MqttSession of(Channel channel) {
        return channel.traffic() instanceof MqttSession session ? session : START;
    }

    MqttSession spoiled() {
        return new MqttSession(connect, true, state, queue, backlog, filters, inFlight);
    }

    MqttSession connecting(MqttCommand.Connect request) {
        return new MqttSession(
                Optional.of(request), spoilt, "connecting", queue, backlog, filters, inFlight);
    }

    MqttSession with(InFlight changed) {
        return new MqttSession(connect, spoilt, state, queue, backlog, filters, changed);
    }

    private MqttSession with(String newState, List<String> newFilters, InFlight newInFlight) {
        return new MqttSession(connect, spoilt, newState, queue, backlog, newFilters, newInFlight);
    }

    MqttSession subscribing(MqttCommand.Subscribe request) {
        List<String> more = new ArrayList<>(filters);
        request.subscriptions().stream()
                .map(MqttCommand.Subscription::filter)
                .filter(f -> !filters.contains(f))
                .forEach(more::add);
        return with(
                state,
                more,
                new InFlight(
                        inFlight.subscribes() + 1,
                        inFlight.unsubscribes(),
                        inFlight.publishes(),
                        inFlight.disconnecting()));
    }

    MqttSession unsubscribing(MqttCommand.Unsubscribe request) {
        List<String> fewer = new ArrayList<>(filters);
        fewer.removeAll(request.filters());
        return with(
                state,
                fewer,
                new InFlight(
                        inFlight.subscribes(),
                        inFlight.unsubscribes() + 1,
                        inFlight.publishes(),
                        inFlight.disconnecting()));
    }

    MqttSession publishing() {
        return with(
                new InFlight(
                        inFlight.subscribes(),
                        inFlight.unsubscribes(),
                        inFlight.publishes() + 1,
                        inFlight.disconnecting()));
    }

    MqttSession disconnecting() {
        return with(
                new InFlight(
                        inFlight.subscribes(),
                        inFlight.unsubscribes(),
                        inFlight.publishes(),
                        true));
    }

    /** A reply arrives; what does not fit waits at the broker. */
    MqttSession arrived(MqttReply reply, int capacity) {
        List<MqttReply> waiting = new ArrayList<>(backlog);
        waiting.add(size(reply) > capacity ? lost(reply) : reply);
        return new MqttSession(
                        connect, spoilt, stateAfter(reply), queue, waiting, filters, after(reply))
                .filled(capacity);
    }

    /** The oldest reply has been read. */
    MqttSession read(int capacity) {
        return new MqttSession(
                        connect,
                        spoilt,
                        state,
                        queue.subList(1, queue.size()),
                        backlog,
                        filters,
                        inFlight)
                .filled(capacity);
    }

    private MqttSession filled(int capacity) {
        List<MqttReply> readable = new ArrayList<>(queue);
        List<MqttReply> waiting = new ArrayList<>(backlog);
        int used = readable.stream().mapToInt(MqttSession::size).sum();
        while (!waiting.isEmpty() && used + size(waiting.get(0)) <= capacity) {
            used += size(waiting.get(0));
            readable.add(waiting.remove(0));
        }
        return new MqttSession(connect, spoilt, state, readable, waiting, filters, inFlight);
    }

    private static MqttReply lost(MqttReply reply) {
        if (reply instanceof MqttReply.Received received) {
            return new MqttReply.Lost(received.message().topic(), size(reply));
        }
        return reply;
    }

    /** Bytes of the receive buffer that a reply takes. */
    static int size(MqttReply reply) {
        if (reply instanceof MqttReply.Received received) {
            return REPLY_HEAD_BYTES
                    + Bytes.utf8(received.message().topic()).size()
                    + received.message().payload().size();
        }
        return REPLY_HEAD_BYTES;
    }

    private String stateAfter(MqttReply reply) {
        if (reply instanceof MqttReply.Connected connected) {
            return connected.state() == MqttRequestState.REQUESTCOMPLETED
                            && connected.reasonCode() == 0
                    ? "connected"
                    : "refused";
        }
        return reply instanceof MqttReply.Disconnected ? ENDED : state;
    }

    private InFlight after(MqttReply reply) {
        MqttReadable kind = reply.readable();
        return new InFlight(
                Math.max(
                        0,
                        inFlight.subscribes() - (kind == MqttReadable.SUBSCRIBERESPONSE ? 1 : 0)),
                Math.max(
                        0,
                        inFlight.unsubscribes()
                                - (kind == MqttReadable.UNSUBSCRIBERESPONSE ? 1 : 0)),
                Math.max(0, inFlight.publishes() - (kind == MqttReadable.PUBLISHRESPONSE ? 1 : 0)),
                inFlight.disconnecting() && kind != MqttReadable.DISCONNECTRESPONSE);
    }

    /** The broker sees the connection drop. */
    @Override
    public void ended(Host host, Channel channel) {
        MqttTraffic.vanish(host, channel);
    }

    /** True when no more messages can wait. */
    boolean isFlooded() {
        return backlog.size() >= MAX_BACKLOG;
    }

    boolean isEnded() {
        return state.equals(ENDED);
    }

    /** What can be read next. */
    MqttReadable next() {
        return queue.isEmpty() ? MqttReadable.NONE : queue.get(0).readable();
    }

    @Override
    public String phase() {
        return spoilt ? "spoilt by a bad pointer in a request" : state;
    }

    @Override
    public boolean hasReceived() {
        return !queue.isEmpty();
    }

    @Override
    public int receiveUsed() {
        return queue.stream().mapToInt(MqttSession::size).sum();
    }

    @Override
    public Optional<MqttView> mqtt() {
        return Optional.of(
                new MqttView(
                        connect.map(MqttCommand.Connect::host).orElse(""),
                        connect.map(MqttCommand.Connect::port).orElse(0),
                        connect.map(MqttCommand.Connect::clientId).orElse(""),
                        state,
                        filters,
                        queue.stream().map(r -> r.readable().constantName()).toList()));
    }
}
