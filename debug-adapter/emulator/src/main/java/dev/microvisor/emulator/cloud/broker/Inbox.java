package dev.microvisor.emulator.cloud.broker;

import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.cloud.mqtt.MqttMessage;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What one session receives unasked. While firmware waits for the answer to a connect or a
 * subscription, messages are held back: a retained message must not overtake the answer.
 *
 * <p>Messages come on the client library's threads, all else on the machine's.
 */
final class Inbox {
    /** Messages held back; a broker with more is not answered fast enough, so the oldest go. */
    static final int MAX_HELD = 10_000;

    private final int channel;
    private final AtomicInteger numbers;
    private final Consumer<BrokerArrival> receiver;
    private final Deque<BrokerArrival> held = new ArrayDeque<>();
    private final Map<Integer, Runnable> unacknowledged = new HashMap<>();
    private int holds;
    private boolean open;

    /** An end that was told before the beginning; both come on threads of their own. */
    private Optional<MqttReply> early = Optional.empty();

    /**
     * @param numbers gives each message a number of its own
     */
    Inbox(int channel, AtomicInteger numbers, Consumer<BrokerArrival> receiver) {
        this.channel = channel;
        this.numbers = numbers;
        this.receiver = receiver;
    }

    /** The session has begun; what comes after {@link #close} is nobody's. */
    synchronized void open() {
        open = true;
        early.ifPresent(this::end);
    }

    synchronized void close() {
        open = false;
        early = Optional.empty();
        held.clear();
        unacknowledged.clear();
    }

    /**
     * A message.
     *
     * @param acknowledge tells the broker that firmware has it
     */
    synchronized void received(MqttMessage message, Runnable acknowledge) {
        int number = numbers.incrementAndGet();
        if (message.qos() > 0) {
            unacknowledged.put(number, acknowledge);
        }
        arrived(new MqttReply.Received(number, message));
    }

    /**
     * The connection has ended, and not because firmware wanted it.
     *
     * @param reasonCode the broker's; empty when it gave none
     */
    synchronized void ended(Optional<Integer> reasonCode) {
        MqttRequestState state =
                reasonCode.isPresent()
                        ? MqttRequestState.REQUESTCOMPLETED
                        : MqttRequestState.SOCKETERROR;
        MqttReply reply = new MqttReply.Disconnected(state, reasonCode.orElse(0));
        if (open) {
            end(reply);
        } else {
            early = Optional.of(reply);
        }
    }

    private void end(MqttReply reply) {
        early = Optional.empty();
        arrived(reply);
        open = false;
    }

    private void arrived(MqttReply reply) {
        BrokerArrival arrival = new BrokerArrival(channel, reply);
        if (holds == 0) {
            receiver.accept(arrival);
            return;
        }
        if (held.size() >= MAX_HELD) {
            held.removeFirst();
        }
        held.addLast(arrival);
    }

    synchronized void hold() {
        holds++;
    }

    synchronized void release() {
        holds--;
        while (holds == 0 && !held.isEmpty()) {
            receiver.accept(held.removeFirst());
        }
    }

    /** Firmware has taken a message. */
    synchronized void acknowledge(int number) {
        Runnable acknowledge = unacknowledged.remove(number);
        if (acknowledge != null) {
            acknowledge.run();
        }
    }
}
