package dev.microvisor.emulator.cloud.mqtt;

import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.api.MqttVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A broker inside the emulator. It takes every client, whatever host it asks for, and passes
 * messages between the channels of the device and the messages of the cloud file. Sessions end with
 * their connection; nothing is delivered twice.
 */
public final class LocalBroker implements MqttLink {
    /** Retained messages; a further topic replaces none and is not kept. */
    static final int MAX_RETAINED = 1000;

    private static final int SUCCESS = 0;
    private static final int FAILURE_V3 = 0x80;
    private static final int INVALID_FILTER_V5 = 0x8F;
    private static final int NO_SUBSCRIPTION_V5 = 0x11;
    private static final int MAX_QOS = 2;

    private final MqttRequestState connectState;
    private final int connectReason;
    private State state = new State(Map.of(), Map.of(), 1);

    /** A broker that answers all connects alike; REQUESTCOMPLETED and 0 let clients in. */
    public LocalBroker(MqttRequestState connectState, int connectReason) {
        this.connectState = connectState;
        this.connectReason = connectReason;
    }

    /** Sessions by channel, retained messages by topic, and the next number of a message. */
    private record State(
            Map<Integer, Session> sessions, Map<String, MqttMessage> retained, int nextMessage) {
        State {
            sessions = Map.copyOf(sessions);
            retained = Map.copyOf(retained);
        }
    }

    /** A client that is connected. */
    private record Session(MqttCommand.Connect connect, List<MqttCommand.Subscription> filters) {
        Session {
            filters = List.copyOf(filters);
        }
    }

    @Override
    public List<Delivery> send(int channel, MqttCommand command) {
        if (command instanceof MqttCommand.Connect connect) {
            return connect(channel, connect);
        }
        Session session = state.sessions().get(channel);
        MqttRequestState outcome =
                session == null ? MqttRequestState.NOTCONNECTED : MqttRequestState.REQUESTCOMPLETED;
        if (command instanceof MqttCommand.Subscribe subscribe) {
            return session == null
                    ? one(channel, subscribed(outcome, subscribe, List.of()))
                    : subscribe(channel, session, subscribe);
        }
        if (command instanceof MqttCommand.Unsubscribe unsubscribe) {
            return one(channel, unsubscribe(channel, session, outcome, unsubscribe));
        }
        if (command instanceof MqttCommand.Publish publish) {
            List<Delivery> deliveries = new ArrayList<>();
            deliveries.add(
                    new Delivery(
                            channel,
                            new MqttReply.Published(outcome, publish.correlationId(), SUCCESS)));
            if (session != null) {
                deliveries.addAll(distribute(publish.message(), channel));
            }
            return deliveries;
        }
        if (command instanceof MqttCommand.Disconnect) {
            forget(channel);
            return one(channel, new MqttReply.Disconnected(outcome, SUCCESS));
        }
        if (command instanceof MqttCommand.Vanish) {
            forget(channel);
            return session == null
                    ? List.of()
                    : session.connect().will().map(w -> distribute(w, channel)).orElse(List.of());
        }
        return List.of();
    }

    private static List<Delivery> one(int channel, MqttReply reply) {
        return List.of(new Delivery(channel, reply));
    }

    private List<Delivery> connect(int channel, MqttCommand.Connect connect) {
        if (connectState == MqttRequestState.REQUESTCOMPLETED && connectReason == SUCCESS) {
            put(channel, new Session(connect, List.of()));
        }
        return one(channel, new MqttReply.Connected(connectState, connectReason));
    }

    private static MqttReply subscribed(
            MqttRequestState outcome, MqttCommand.Subscribe subscribe, List<Integer> codes) {
        return new MqttReply.Subscribed(outcome, subscribe.correlationId(), codes);
    }

    private List<Delivery> subscribe(
            int channel, Session session, MqttCommand.Subscribe subscribe) {
        boolean v5 = session.connect().version() == MqttVersion.V5;
        Map<String, MqttCommand.Subscription> filters = new TreeMap<>();
        session.filters().forEach(f -> filters.put(f.filter(), f));
        List<Integer> codes = new ArrayList<>();
        List<Delivery> retained = new ArrayList<>();
        for (MqttCommand.Subscription wanted : subscribe.subscriptions()) {
            if (!TopicFilter.isValid(wanted.filter()) || wanted.qos() > MAX_QOS) {
                codes.add(v5 ? INVALID_FILTER_V5 : FAILURE_V3);
                continue;
            }
            codes.add(wanted.qos());
            filters.put(wanted.filter(), wanted);
            retained.addAll(retainedFor(channel, wanted));
        }
        put(channel, new Session(session.connect(), new ArrayList<>(filters.values())));
        List<Delivery> deliveries = new ArrayList<>();
        deliveries.add(
                new Delivery(
                        channel, subscribed(MqttRequestState.REQUESTCOMPLETED, subscribe, codes)));
        deliveries.addAll(retained);
        return deliveries;
    }

    private List<Delivery> retainedFor(int channel, MqttCommand.Subscription wanted) {
        List<Delivery> deliveries = new ArrayList<>();
        state.retained().values().stream()
                .filter(m -> TopicFilter.matches(wanted.filter(), m.topic()))
                .sorted(Comparator.comparing(MqttMessage::topic))
                .forEach(m -> deliveries.add(received(channel, m.atMost(wanted.qos()))));
        return deliveries;
    }

    private MqttReply unsubscribe(
            int channel,
            Session session,
            MqttRequestState outcome,
            MqttCommand.Unsubscribe unsubscribe) {
        List<Integer> codes = new ArrayList<>();
        if (session != null) {
            boolean v5 = session.connect().version() == MqttVersion.V5;
            List<MqttCommand.Subscription> filters = new ArrayList<>(session.filters());
            for (String filter : unsubscribe.filters()) {
                boolean known = filters.removeIf(f -> f.filter().equals(filter));
                codes.add(known || !v5 ? SUCCESS : NO_SUBSCRIPTION_V5);
            }
            put(channel, new Session(session.connect(), filters));
        }
        return new MqttReply.Unsubscribed(outcome, unsubscribe.correlationId(), codes);
    }

    @Override
    public List<Delivery> publish(MqttMessage message) {
        return distribute(message, 0);
    }

    /** A message goes to each client once, with the best quality that it asked for. */
    private List<Delivery> distribute(MqttMessage message, int fromChannel) {
        if (message.retain()) {
            retain(message);
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (Map.Entry<Integer, Session> client : new TreeMap<>(state.sessions()).entrySet()) {
            int channel = client.getKey();
            Optional<MqttCommand.Subscription> best =
                    client.getValue().filters().stream()
                            .filter(f -> !(f.noLocal() && channel == fromChannel))
                            .filter(f -> TopicFilter.matches(f.filter(), message.topic()))
                            .max(Comparator.comparingInt(MqttCommand.Subscription::qos));
            if (best.isPresent()) {
                MqttMessage copy = message.atMost(best.get().qos());
                deliveries.add(
                        received(channel, best.get().retainAsPublished() ? copy : copy.live()));
            }
        }
        return deliveries;
    }

    private Delivery received(int channel, MqttMessage message) {
        int number = state.nextMessage();
        state = new State(state.sessions(), state.retained(), number + 1);
        return new Delivery(channel, new MqttReply.Received(number, message));
    }

    private void retain(MqttMessage message) {
        Map<String, MqttMessage> retained = new HashMap<>(state.retained());
        if (message.payload().isEmpty()) {
            retained.remove(message.topic());
        } else if (retained.size() < MAX_RETAINED || retained.containsKey(message.topic())) {
            retained.put(message.topic(), message);
        }
        state = new State(state.sessions(), retained, state.nextMessage());
    }

    private void put(int channel, Session session) {
        Map<Integer, Session> sessions = new HashMap<>(state.sessions());
        sessions.put(channel, session);
        state = new State(sessions, state.retained(), state.nextMessage());
    }

    private void forget(int channel) {
        Map<Integer, Session> sessions = new HashMap<>(state.sessions());
        sessions.remove(channel);
        state = new State(sessions, state.retained(), state.nextMessage());
    }

    @Override
    public Object save() {
        return state;
    }

    @Override
    public void restore(Object saved) {
        state = (State) saved;
    }
}
