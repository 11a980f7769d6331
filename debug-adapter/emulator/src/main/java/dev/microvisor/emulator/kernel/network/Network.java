package dev.microvisor.emulator.kernel.network;

import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.api.NetworkReason;
import dev.microvisor.emulator.api.NetworkStatus;
import dev.microvisor.emulator.api.SystemSource;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.guest.Timed;
import dev.microvisor.emulator.kernel.call.Event;
import dev.microvisor.emulator.kernel.call.Host;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The primary network connection. Until the first {@code mvRequestNetwork} Microvisor keeps it up
 * by itself; from then on it is up as long as a handle lives.
 */
public final class Network implements Stateful<Network.State> {
    /** From the release of the last handle until the link drops. */
    static final int LINGER_MS = 100;

    private final Host host;
    private State state;

    public Network(Host host) {
        this.host = host;
        state = new State(NetworkStatus.CONNECTING, true, false, Timed.NEVER, List.of());
    }

    /**
     * Everything that changes.
     *
     * @param available true when an attempt to connect succeeds
     * @param apiUsed true after the first {@code mvRequestNetwork}
     * @param timeSetAt instruction number from which the wall time is known
     */
    public record State(
            NetworkStatus status,
            boolean available,
            boolean apiUsed,
            long timeSetAt,
            List<Reference> references) {
        public State {
            references = List.copyOf(references);
        }
    }

    /** A handle that {@code mvRequestNetwork} gave out. */
    public record Reference(
            int handle, int notificationHandle, int tag, long openedAtInstruction, int openedAt) {}

    /** Microvisor has started, and with it the first attempt to connect. */
    public void start() {
        Cloud.Network plan = host.cloud().network();
        state = with(NetworkStatus.CONNECTING, plan.available());
        if (plan.connectedAtStart()) {
            state = with(NetworkStatus.CONNECTED, true);
            learnTime();
        } else {
            scheduleConnect();
        }
    }

    public NetworkStatus status() {
        return state.status();
    }

    /** True when an attempt to connect succeeds. */
    public boolean available() {
        return state.available();
    }

    public boolean connected() {
        return state.status() == NetworkStatus.CONNECTED;
    }

    public List<Reference> references() {
        return state.references();
    }

    public Optional<Reference> find(int handle) {
        return state.references().stream().filter(r -> r.handle() == handle).findFirst();
    }

    /** Why Microvisor is, or wants to be, online. */
    public Set<NetworkReason> reasons() {
        Set<NetworkReason> reasons = EnumSet.noneOf(NetworkReason.class);
        if (!state.references().isEmpty()) {
            reasons.add(NetworkReason.USINGNETWORK);
        }
        if (!state.apiUsed()) {
            reasons.add(NetworkReason.NEVERUSEDNETWORKAPI);
            reasons.add(NetworkReason.COLDBOOTCONNECTION);
        }
        if (wallTime().isEmpty()) {
            reasons.add(NetworkReason.RTCNOTSET);
        }
        return reasons;
    }

    /** Wall time of now, empty until the server has told it. */
    public Optional<Instant> wallTime() {
        if (host.clock().now() < state.timeSetAt()) {
            return Optional.empty();
        }
        return Optional.of(
                host.cloud()
                        .device()
                        .wallClock()
                        .plus(host.clock().microseconds(), ChronoUnit.MICROS));
    }

    int request(int notificationHandle, int tag) {
        int handle = host.handles().next();
        List<Reference> more = new ArrayList<>(state.references());
        more.add(
                new Reference(
                        handle,
                        notificationHandle,
                        tag,
                        host.clock().now(),
                        host.guest().callSite()));
        state = new State(state.status(), state.available(), true, state.timeSetAt(), more);
        if (state.status() == NetworkStatus.DELIBERATELYOFFLINE) {
            changeTo(NetworkStatus.CONNECTING);
            scheduleConnect();
        }
        return handle;
    }

    void release(int handle) {
        List<Reference> rest =
                state.references().stream().filter(r -> r.handle() != handle).toList();
        state =
                new State(
                        state.status(),
                        state.available(),
                        state.apiUsed(),
                        state.timeSetAt(),
                        rest);
        host.channels().networkReleased(handle);
        if (rest.isEmpty()) {
            host.agenda().add(host.clock().inMilliseconds(LINGER_MS), new DropIfUnused());
        }
    }

    /** The world outside goes away or comes back. */
    public void setAvailable(boolean available) {
        boolean same = available == state.available();
        state = with(state.status(), available);
        if (available) {
            if (!same && wanted()) {
                scheduleConnect();
            }
        } else if (connected()) {
            changeTo(NetworkStatus.CONNECTING);
            host.channels().networkLost();
        } else if (state.status() == NetworkStatus.DISCONNECTEDWITHLINKUP) {
            changeTo(NetworkStatus.CONNECTING);
        }
    }

    /** The link stays, but the server is out of reach until the network is available again. */
    public void loseServer() {
        boolean was = connected();
        if (state.status() != NetworkStatus.DELIBERATELYOFFLINE) {
            changeTo(NetworkStatus.DISCONNECTEDWITHLINKUP);
        }
        state = with(state.status(), false);
        if (was) {
            host.channels().networkLost();
        }
    }

    /** True while Microvisor tries to get online. */
    private boolean wanted() {
        return state.status() == NetworkStatus.CONNECTING
                || state.status() == NetworkStatus.DISCONNECTEDWITHLINKUP;
    }

    /** The application is gone, and its handles with it: Microvisor keeps the network up again. */
    public void reset() {
        state = new State(state.status(), state.available(), false, state.timeSetAt(), List.of());
        if (state.status() == NetworkStatus.DELIBERATELYOFFLINE) {
            changeTo(NetworkStatus.CONNECTING);
            scheduleConnect();
        }
    }

    /** An attempt to connect comes to its end. */
    public record Connect() implements Event {
        @Override
        public void happen(Host host) {
            host.network().connect();
        }
    }

    /** The link drops unless somebody wants it again. */
    public record DropIfUnused() implements Event {
        @Override
        public void happen(Host host) {
            host.network().dropIfUnused();
        }
    }

    private void scheduleConnect() {
        host.agenda().removeIf(Connect.class::isInstance);
        host.agenda()
                .add(
                        host.clock().inMilliseconds(host.cloud().network().connectDelayMs()),
                        new Connect());
    }

    private void connect() {
        if (!state.available() || !wanted()) {
            return;
        }
        changeTo(NetworkStatus.CONNECTED);
        learnTime();
        host.log().networkConnected();
    }

    private void dropIfUnused() {
        if (state.references().isEmpty()
                && state.apiUsed()
                && state.status() != NetworkStatus.DELIBERATELYOFFLINE) {
            changeTo(NetworkStatus.DELIBERATELYOFFLINE);
        }
    }

    private void learnTime() {
        if (state.timeSetAt() == Timed.NEVER && host.cloud().network().timeDelayMs().isPresent()) {
            long at = host.clock().inMilliseconds(host.cloud().network().timeDelayMs().getAsInt());
            state =
                    new State(
                            state.status(),
                            state.available(),
                            state.apiUsed(),
                            at,
                            state.references());
        }
    }

    private void changeTo(NetworkStatus status) {
        state = with(status, state.available());
        host.listener().networkChanged(status.constantName(), host.clock().now());
        for (Reference reference : state.references()) {
            host.centres()
                    .post(
                            reference.notificationHandle(),
                            EventType.NETWORKSTATUSCHANGED,
                            reference.tag());
        }
        host.systemEvents().post(SystemSource.NETWORK, EventType.NETWORKSTATUSCHANGED);
    }

    private State with(NetworkStatus status, boolean available) {
        return new State(status, available, state.apiUsed(), state.timeSetAt(), state.references());
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
