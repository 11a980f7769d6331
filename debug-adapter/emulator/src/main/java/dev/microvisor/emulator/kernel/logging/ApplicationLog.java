package dev.microvisor.emulator.kernel.logging;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.History;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.view.LogLine;
import dev.microvisor.emulator.kernel.view.LoggingView;
import java.util.ArrayList;
import java.util.List;

/**
 * The log that the application writes. Messages wait in a buffer of the application's memory until
 * the network takes them away; what does not fit is refused.
 */
public final class ApplicationLog implements Stateful<ApplicationLog.State> {
    /** How many lines debuggers see. */
    static final int KEPT_LINES = 500;

    /** What a message takes in the buffer besides its text. */
    static final int MESSAGE_HEAD_BYTES = 4;

    /** How fast a connected device empties the buffer. No source states it. */
    static final int BYTES_PER_SECOND = 65_536;

    private static final String OWNER = "the buffer of the application log";

    private final Host host;
    private State state;

    public ApplicationLog(Host host) {
        this.host = host;
        state = State.initial(true);
    }

    /**
     * Everything that changes.
     *
     * @param buffer 0 before the initialisation
     * @param writeOffset where the next message goes
     * @param used bytes in use at {@code usedAt}
     * @param usedAt instruction number
     * @param waiting lines that wait for a connection
     */
    public record State(
            int buffer,
            int sizeBytes,
            boolean enabled,
            int writeOffset,
            long used,
            long usedAt,
            List<LogLine> waiting,
            History<LogLine> lines) {
        public State {
            waiting = List.copyOf(waiting);
        }

        static State initial(boolean enabled) {
            return new State(0, 0, enabled, 0, 0, 0, List.of(), History.keeping(KEPT_LINES));
        }
    }

    /** The server takes log lines when the run starts, or does not. */
    public void start() {
        state = State.initial(host.cloud().logging().enabled());
    }

    boolean initialised() {
        return state.sizeBytes() != 0;
    }

    boolean enabled() {
        return state.enabled();
    }

    /** The server switches logging. */
    public void setEnabled(boolean enabled) {
        state =
                new State(
                        state.buffer(),
                        state.sizeBytes(),
                        enabled,
                        state.writeOffset(),
                        state.used(),
                        state.usedAt(),
                        state.waiting(),
                        state.lines());
    }

    void initialise(int buffer, int sizeBytes) {
        forgetBuffer();
        host.guest().protect(buffer, sizeBytes, OWNER);
        state =
                new State(
                        buffer,
                        sizeBytes,
                        state.enabled(),
                        0,
                        0,
                        host.clock().now(),
                        state.waiting(),
                        state.lines());
    }

    boolean fits(int messageBytes) {
        return usedNow() + messageBytes + MESSAGE_HEAD_BYTES <= state.sizeBytes();
    }

    /** Takes a message that fits. */
    Status accept(Bytes message) {
        long used = usedNow() + message.size() + MESSAGE_HEAD_BYTES;
        int offset = put(state.writeOffset(), head(message.size()));
        offset = put(offset, message);
        LogLine line = line("server", message);
        List<LogLine> waiting = new ArrayList<>(state.waiting());
        History<LogLine> lines = state.lines();
        if (host.network().connected()) {
            lines = lines.plus(line);
            host.listener().logged(line);
        } else {
            waiting.add(line);
        }
        state =
                new State(
                        state.buffer(),
                        state.sizeBytes(),
                        state.enabled(),
                        offset,
                        used,
                        host.clock().now(),
                        waiting,
                        lines);
        return Status.OKAY;
    }

    /** A line as of now. */
    public LogLine line(String channel, Bytes message) {
        return new LogLine(
                host.clock().now(),
                host.clock().microseconds(),
                host.network().wallTime(),
                host.guest().callSite(),
                channel,
                message.text());
    }

    /** What had to wait goes out. */
    public void networkConnected() {
        History<LogLine> lines = state.lines();
        for (LogLine line : state.waiting()) {
            lines = lines.plus(line);
            host.listener().logged(line);
        }
        state =
                new State(
                        state.buffer(),
                        state.sizeBytes(),
                        state.enabled(),
                        state.writeOffset(),
                        usedNow(),
                        host.clock().now(),
                        List.of(),
                        lines);
    }

    /** The application is gone; its buffer is its own again. Lines that wait are not lost. */
    public void reset() {
        forgetBuffer();
        state = new State(0, 0, state.enabled(), 0, 0, 0, state.waiting(), state.lines());
    }

    private void forgetBuffer() {
        if (initialised()) {
            host.guest().unprotect(state.buffer(), state.sizeBytes());
        }
    }

    /** Bytes in use: what a connection has taken away since the last message is free again. */
    private long usedNow() {
        if (!host.network().connected()) {
            return state.used();
        }
        long elapsed = host.clock().now() - state.usedAt();
        long hz = host.guest().clockHz();
        long sent = elapsed / hz * BYTES_PER_SECOND + elapsed % hz * BYTES_PER_SECOND / hz;
        return Math.max(0, state.used() - sent);
    }

    private static Bytes head(int size) {
        return Bytes.of(new byte[] {(byte) size, (byte) (size >>> 8), 0, 0});
    }

    /** Writes into the ring; returns the offset behind. */
    private int put(int offset, Bytes content) {
        int first = Math.min(content.size(), state.sizeBytes() - offset);
        host.memory().write(state.buffer() + offset, content.slice(0, first));
        host.memory().write(state.buffer(), content.slice(first, content.size()));
        return (offset + content.size()) % state.sizeBytes();
    }

    public LoggingView view() {
        return new LoggingView(
                initialised(),
                state.enabled(),
                state.buffer(),
                state.sizeBytes(),
                (int) usedNow(),
                state.lines().entries());
    }

    @Override
    public State save() {
        return state;
    }

    @Override
    public void restore(State saved) {
        state = saved;
    }
}
