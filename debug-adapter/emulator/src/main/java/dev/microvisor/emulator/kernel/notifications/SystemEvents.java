package dev.microvisor.emulator.kernel.notifications;

import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.api.SystemSource;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who wants to know about the network and about updates. */
public final class SystemEvents implements Stateful<List<SystemEvents.Subscription>> {
    private final Host host;
    private List<Subscription> subscriptions = List.of();

    public SystemEvents(Host host) {
        this.host = host;
    }

    /** What one {@code mvOpenSystemNotification} asked for. */
    public record Subscription(
            int handle,
            SystemSource source,
            int notificationHandle,
            int tag,
            long openedAtInstruction,
            int openedAt) {}

    public List<Subscription> all() {
        return subscriptions;
    }

    Optional<Subscription> find(int handle) {
        return subscriptions.stream().filter(s -> s.handle() == handle).findFirst();
    }

    int open(SystemSource source, int notificationHandle, int tag) {
        int handle = host.handles().next();
        List<Subscription> more = new ArrayList<>(subscriptions);
        more.add(
                new Subscription(
                        handle,
                        source,
                        notificationHandle,
                        tag,
                        host.clock().now(),
                        host.guest().callSite()));
        subscriptions = List.copyOf(more);
        return handle;
    }

    void close(int handle) {
        subscriptions = subscriptions.stream().filter(s -> s.handle() != handle).toList();
    }

    /** Tells all who asked. */
    public void post(SystemSource source, EventType event) {
        for (Subscription subscription : subscriptions) {
            if (subscription.source() == source) {
                host.centres().post(subscription.notificationHandle(), event, subscription.tag());
            }
        }
    }

    /** The application is gone: so are its subscriptions. */
    public void reset() {
        subscriptions = List.of();
    }

    @Override
    public List<Subscription> save() {
        return subscriptions;
    }

    @Override
    public void restore(List<Subscription> state) {
        subscriptions = state;
    }
}
