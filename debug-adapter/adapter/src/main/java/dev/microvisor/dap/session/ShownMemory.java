package dev.microvisor.dap.session;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which memory the client has read and may still show. Memory views do not look again by themselves
 * when the firmware stops; they wait for an event.
 */
public final class ShownMemory {
    /** More ranges than a person has open; the ones read first are forgotten. */
    private static final int MAX_RANGES = 64;

    private final Set<Range> ranges = new LinkedHashSet<>();

    private record Range(String reference, int offset, int count) {}

    /** The client has read a range, by a reference of its own. */
    public void add(String reference, int offset, int count) {
        Range range = new Range(reference, offset, count);
        ranges.remove(range);
        ranges.add(range);
        if (ranges.size() > MAX_RANGES) {
            ranges.remove(ranges.iterator().next());
        }
    }

    void announceTo(ClientEvents client) {
        ranges.forEach(r -> client.memoryChanged(r.reference(), r.offset(), r.count()));
    }
}
