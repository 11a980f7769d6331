package dev.microvisor.emulator.cloud.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sessions with real brokers, one for each MQTT channel that has one. All methods belong to the
 * machine's thread; answers and arrivals come on others.
 */
public final class LiveBrokers {
    /** Longest real time for an answer of a broker; then the request ends with SOCKETERROR. */
    static final int ANSWER_TIMEOUT_MS = 10_000;

    /** Requests whose answers nobody has taken; more than a device has under way. */
    static final int MAX_WAITING = 256;

    private final List<X509Certificate> authorities;
    private final Consumer<String> arrivals;
    private final AtomicInteger messageNumbers = new AtomicInteger();
    private final Map<Integer, Session> sessions = new HashMap<>();
    private final Map<Sent, CompletableFuture<BrokerAnswer>> waiting = new HashMap<>();
    private ExecutorService threads;

    static {
        // The client library's Netty then does without what Java 24 and later warn of.
        if (System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "true");
        }
    }

    /**
     * @param authorities certificates that are trusted besides those that firmware names
     * @param arrivals takes what brokers say unasked, see {@link BrokerArrival#fromJson}; any
     *     thread
     */
    public LiveBrokers(List<X509Certificate> authorities, Consumer<String> arrivals) {
        this.authorities = List.copyOf(authorities);
        this.arrivals = arrivals;
    }

    /** A session that begins, goes on, or has ended without firmware knowing it yet. */
    private static final class Session {
        final Inbox inbox;

        /** Completes with true when the broker has let the client in. */
        CompletableFuture<Boolean> letIn;

        volatile BrokerClient client;
        volatile Wire wire;
        volatile boolean cut;

        Session(Inbox inbox) {
            this.inbox = inbox;
        }

        void cut() {
            cut = true;
            inbox.close();
            if (wire != null) {
                wire.cut();
            }
        }
    }

    /** Gives a command to its broker, unless that has been done. */
    public void start(Sent sent) {
        if (waiting.size() >= MAX_WAITING) {
            waiting.clear();
        }
        if (!waiting.containsKey(sent)) {
            waiting.put(sent, send(sent));
        }
    }

    /** The answer; it comes within {@link #ANSWER_TIMEOUT_MS}, if only to say that none came. */
    public CompletableFuture<BrokerAnswer> answer(Sent sent) {
        start(sent);
        return waiting.get(sent);
    }

    /** The answer has been taken, or nobody will ask for it. */
    public void forget(Sent sent) {
        Session session = sessions.get(sent.channel());
        if (waiting.remove(sent) != null && session != null && bringsMessages(sent)) {
            session.inbox.release();
        }
    }

    /** True for requests that messages may follow at once, which must not overtake the answer. */
    private static boolean bringsMessages(Sent sent) {
        return sent.command() instanceof MqttCommand.Connect
                || sent.command() instanceof MqttCommand.Subscribe;
    }

    /** Firmware has taken a message. */
    public void acknowledge(int channel, int messageNumber) {
        Session session = sessions.get(channel);
        if (session != null) {
            session.inbox.acknowledge(messageNumber);
        }
    }

    /** Ends a session without a word to the broker, which then publishes the will. */
    public void cut(int channel) {
        Session session = sessions.remove(channel);
        if (session != null) {
            session.cut();
        }
    }

    /** True while some broker may say something unasked. */
    public boolean isOpen() {
        return !sessions.isEmpty();
    }

    private CompletableFuture<BrokerAnswer> send(Sent sent) {
        MqttCommand command = sent.command();
        if (command instanceof MqttCommand.Connect connect) {
            return connect(sent, connect);
        }
        Session session = sessions.get(sent.channel());
        if (command instanceof MqttCommand.Subscribe subscribe) {
            if (session != null) {
                session.inbox.hold();
            }
            return answering(
                    sent,
                    session,
                    () -> session.client.subscribe(subscribe),
                    (state, codes) ->
                            new MqttReply.Subscribed(state, subscribe.correlationId(), codes),
                    List.<Integer>of());
        }
        if (command instanceof MqttCommand.Unsubscribe unsubscribe) {
            return answering(
                    sent,
                    session,
                    () -> session.client.unsubscribe(unsubscribe),
                    (state, codes) ->
                            new MqttReply.Unsubscribed(state, unsubscribe.correlationId(), codes),
                    List.<Integer>of());
        }
        if (command instanceof MqttCommand.Publish publish) {
            return answering(
                    sent,
                    session,
                    () -> session.client.publish(publish),
                    (state, code) -> new MqttReply.Published(state, publish.correlationId(), code),
                    0);
        }
        if (command instanceof MqttCommand.Disconnect) {
            if (session != null) {
                session.inbox.close();
            }
            return answering(
                    sent,
                    session,
                    () -> session.client.disconnect().thenApply(done -> 0),
                    MqttReply.Disconnected::new,
                    0);
        }
        throw new IllegalArgumentException("no request of firmware: " + command);
    }

    /** Makes a reply of a request's state and what the broker said. */
    private interface ReplyMaker<T> {
        MqttReply make(MqttRequestState state, T said);
    }

    private <T> CompletableFuture<BrokerAnswer> answering(
            Sent sent,
            Session session,
            Supplier<CompletableFuture<T>> request,
            ReplyMaker<T> maker,
            T nothing) {
        if (session == null) {
            return CompletableFuture.completedFuture(
                    BrokerAnswer.of(maker.make(MqttRequestState.NOTCONNECTED, nothing)));
        }
        return session.letIn
                .thenCompose(
                        in ->
                                in
                                        ? request.get()
                                                .thenApply(
                                                        said ->
                                                                maker.make(
                                                                        MqttRequestState
                                                                                .REQUESTCOMPLETED,
                                                                        said))
                                        : CompletableFuture.completedFuture(
                                                maker.make(MqttRequestState.NOTCONNECTED, nothing)))
                .orTimeout(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .thenApply(BrokerAnswer::of)
                .exceptionally(e -> failed(sent, e, maker.make(Failures.state(e), nothing)));
    }

    private static BrokerAnswer failed(Sent sent, Throwable e, MqttReply reply) {
        return new BrokerAnswer(
                reply,
                "MQTT broker "
                        + sent.broker().text()
                        + ": "
                        + sent.words()
                        + " failed: "
                        + Failures.words(e));
    }

    private CompletableFuture<BrokerAnswer> connect(Sent sent, MqttCommand.Connect connect) {
        cut(sent.channel());
        Session session =
                new Session(
                        new Inbox(
                                sent.channel(),
                                messageNumbers,
                                arrival -> arrivals.accept(arrival.toJson())));
        session.inbox.hold();
        sessions.put(sent.channel(), session);
        CompletableFuture<Integer> code =
                CompletableFuture.supplyAsync(() -> client(session, sent, connect), threads())
                        .thenCompose(client -> client.connect(connect))
                        .orTimeout(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        session.letIn =
                code.handle(
                        (said, problem) -> {
                            boolean in = problem == null && said == 0;
                            if (in) {
                                session.inbox.open();
                            } else {
                                session.cut();
                            }
                            return in;
                        });
        return session.letIn
                .thenCombine(code, (in, said) -> said)
                .thenApply(
                        said ->
                                BrokerAnswer.of(
                                        new MqttReply.Connected(
                                                MqttRequestState.REQUESTCOMPLETED, said)))
                .exceptionally(e -> notConnected(sent, connect, e));
    }

    /** A broker that does not like the device's certificate often just ends the connection. */
    private static BrokerAnswer notConnected(
            Sent sent, MqttCommand.Connect connect, Throwable problem) {
        MqttRequestState state = Failures.state(problem);
        boolean ended =
                state == MqttRequestState.NOTCONNECTED || state == MqttRequestState.SOCKETERROR;
        if (ended && sent.broker().tls() && TlsMaterial.ownHasExpired(connect)) {
            return failed(
                    sent,
                    new CertificateExpiredException("the client certificate has expired"),
                    new MqttReply.Connected(MqttRequestState.CERTIFICATEEXPIRED, 0));
        }
        return failed(sent, problem, new MqttReply.Connected(state, 0));
    }

    /** Takes its time: names are looked up and the connection is made. */
    private BrokerClient client(Session session, Sent sent, MqttCommand.Connect connect) {
        try {
            MqttClientBuilder builder = MqttClient.builder().identifier(connect.clientId());
            if (sent.broker().tls()) {
                builder = builder.sslConfig(TlsMaterial.config(connect, authorities));
            }
            session.wire = Wire.open(sent.broker().host(), sent.broker().port(), threads());
            if (session.cut) {
                session.wire.cut();
            }
            builder.serverAddress(session.wire.nearEnd())
                    .executorConfig()
                    .nettyExecutor(threads())
                    .nettyThreads(1)
                    .applyExecutorConfig();
            session.client =
                    connect.version() == MqttVersion.V5
                            ? new Mqtt5Client(builder.useMqttVersion5(), session.inbox)
                            : new Mqtt3Client(builder.useMqttVersion3(), session.inbox);
            return session.client;
        } catch (IOException | GeneralSecurityException e) {
            throw new CompletionException(e);
        }
    }

    private synchronized ExecutorService threads() {
        if (threads == null) {
            threads =
                    Executors.newCachedThreadPool(
                            work -> {
                                Thread thread = new Thread(work, "mqtt-broker");
                                thread.setDaemon(true);
                                return thread;
                            });
        }
        return threads;
    }
}
