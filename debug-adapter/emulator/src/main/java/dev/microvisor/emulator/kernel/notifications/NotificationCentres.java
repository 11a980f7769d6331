package dev.microvisor.emulator.kernel.notifications;

import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Event;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.view.KernelListener.NotificationPosted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The notification centres. A record is written at Microvisor's own write position, whatever was
 * there, and then the interrupt is pended.
 *
 * <p>Firmware reads one record for each interrupt, so records of one centre keep a distance: a
 * second one that came while the first is still pending would stay unread until a third.
 */
public final class NotificationCentres implements Stateful<List<Centre>> {
    /** Between the reason for a notification and its record; never inside a system call. */
    static final long DELAY_US = 100;

    /** Between two records of one centre. */
    static final long SPACING_US = 1000;

    /** Records that wait to be posted to one centre, at their distance from each other. */
    static final int MAX_WAITING = 1000;

    private static final String RECORD = "MvNotification";

    private final Host host;
    private List<Centre> centres = List.of();

    public NotificationCentres(Host host) {
        this.host = host;
    }

    public List<Centre> all() {
        return centres;
    }

    public Optional<Centre> find(int handle) {
        return centres.stream().filter(c -> c.handle() == handle).findFirst();
    }

    public boolean usesInterrupt(int irq) {
        return centres.stream().anyMatch(c -> c.irq() == irq);
    }

    boolean usesBuffer(int buffer, int sizeBytes) {
        return centres.stream().anyMatch(c -> c.overlaps(buffer, sizeBytes));
    }

    int open(int irq, int buffer, int sizeBytes) {
        Centre centre =
                new Centre(
                        host.handles().next(),
                        irq,
                        buffer,
                        sizeBytes,
                        sizeBytes / host.memory().sizeOf(RECORD),
                        0,
                        0,
                        0,
                        host.clock().now(),
                        host.clock().now(),
                        host.guest().callSite());
        List<Centre> more = new ArrayList<>(centres);
        more.add(centre);
        centres = List.copyOf(more);
        return centre.handle();
    }

    void close(int handle) {
        centres = centres.stream().filter(c -> c.handle() != handle).toList();
    }

    /** Posts a record soon. A handle whose centre was closed is no error: nothing is posted. */
    public void post(int handle, EventType event, int tag) {
        post(handle, event.code(), tag);
    }

    /** Posts a record with an event that firmware made up. */
    void post(int handle, int eventType, int tag) {
        Optional<Centre> centre = find(handle);
        if (centre.isEmpty()) {
            return;
        }
        long soon = host.clock().now() + instructions(DELAY_US);
        long due = Math.max(soon, centre.get().freeAt());
        if (due - soon > MAX_WAITING * instructions(SPACING_US)) {
            host.guest()
                    .warnOnce(
                            "more than "
                                    + MAX_WAITING
                                    + " notifications wait for one centre; further ones are"
                                    + " dropped");
            return;
        }
        replace(handle, c -> c.withFreeAt(due + instructions(SPACING_US)));
        host.agenda().add(due, new Post(handle, eventType, tag));
    }

    /** Writes records without any distance, as a storm of events would. */
    public void burst(int handle, EventType event, int tag, int count) {
        for (int i = 0; i < count; i++) {
            write(handle, event.code(), tag);
        }
    }

    /** A record on its way. */
    public record Post(int centre, int eventType, int tag) implements Event {
        @Override
        public void happen(Host host) {
            host.centres().write(centre, eventType, tag);
        }
    }

    private void write(int handle, int eventType, int tag) {
        Optional<Centre> found = find(handle);
        if (found.isEmpty()) {
            return;
        }
        Centre centre = found.get();
        int address = centre.buffer() + centre.writeIndex() * host.memory().sizeOf(RECORD);
        long microseconds = host.clock().microseconds();
        host.memory()
                .writer(RECORD, address)
                .put("microseconds", microseconds)
                .put("tag", tag)
                .put("event_type", eventType);
        boolean stillPending = host.guest().isInterruptPending(centre.irq());
        replace(handle, c -> c.afterPost(stillPending));
        host.guest().pendInterrupt(centre.irq());
        host.listener()
                .notificationPosted(
                        new NotificationPosted(
                                handle,
                                centre.irq(),
                                centre.writeIndex(),
                                eventName(eventType),
                                tag,
                                microseconds,
                                host.clock().now()));
    }

    /** Name of the {@code MvEventType} constant, or hexadecimal. */
    public String eventName(int eventType) {
        return host.catalog()
                .enumeration(EventType.NOEVENT.enumName())
                .map(e -> e.nameOf(Integer.toUnsignedLong(eventType)))
                .orElseThrow();
    }

    private void replace(int handle, UnaryOperator<Centre> change) {
        centres = centres.stream().map(c -> c.handle() == handle ? change.apply(c) : c).toList();
    }

    private long instructions(long microseconds) {
        return host.clock().instructions(microseconds) / 1000;
    }

    /** The application is gone: so are its centres. */
    public void reset() {
        centres = List.of();
        host.agenda().removeIf(Post.class::isInstance);
    }

    @Override
    public List<Centre> save() {
        return centres;
    }

    @Override
    public void restore(List<Centre> state) {
        centres = state;
    }
}
