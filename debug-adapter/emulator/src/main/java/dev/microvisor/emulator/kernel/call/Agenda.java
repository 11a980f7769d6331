package dev.microvisor.emulator.kernel.call;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.guest.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What will happen, by instruction number; events of one instruction happen in the order in which
 * they were added.
 */
public final class Agenda implements Stateful<List<Agenda.Entry>> {
    /** More entries than any firmware can cause within the limits of Microvisor. */
    static final int MAX_ENTRIES = 4096;

    private final Guest guest;
    private List<Entry> entries = List.of();

    public Agenda(Guest guest) {
        this.guest = guest;
    }

    /** An event and when it is due. */
    public record Entry(long due, Event event) {}

    public void add(long due, Event event) {
        if (entries.size() >= MAX_ENTRIES) {
            throw new IllegalStateException("agenda full: " + event);
        }
        int at = entries.size();
        while (at > 0 && entries.get(at - 1).due() > due) {
            at--;
        }
        List<Entry> more = new ArrayList<>(entries);
        more.add(at, new Entry(due, event));
        entries = List.copyOf(more);
        guest.eventsChanged();
    }

    /** An event that could not happen now is tried again before all others. */
    public void addFirst(long now, Event event) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(0, new Entry(now, event));
        entries = List.copyOf(more);
        guest.eventsChanged();
    }

    /** Forgets events that have lost their reason. */
    public void removeIf(Predicate<Event> obsolete) {
        List<Entry> kept = entries.stream().filter(e -> !obsolete.test(e.event())).toList();
        if (kept.size() != entries.size()) {
            entries = kept;
            guest.eventsChanged();
        }
    }

    public long nextDue() {
        return entries.isEmpty() ? Timed.NEVER : entries.get(0).due();
    }

    /** Takes the first event that is due; null when none is. */
    public Event takeDue(long now) {
        if (nextDue() > now) {
            return null;
        }
        Event event = entries.get(0).event();
        entries = List.copyOf(entries.subList(1, entries.size()));
        guest.eventsChanged();
        return event;
    }

    @Override
    public List<Entry> save() {
        return entries;
    }

    @Override
    public void restore(List<Entry> state) {
        entries = state;
    }
}
