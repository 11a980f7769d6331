package dev.microvisor.debug.explore;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.EnumType;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.machine.SystemCallListener.Call;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Which handles firmware holds, by what the catalog says of each call. Mutable; belongs to the
 * thread that runs the machine.
 */
final class HandleLedger {
    private static final long OKAY = 0;

    private final Catalog catalog;
    private final IntUnaryOperator words;
    private Map<Key, Opened> live = new HashMap<>();
    private Map<String, Long> longestLives = new HashMap<>();
    private int handleBefore;

    /**
     * @param words reads a word of the firmware's memory
     */
    HandleLedger(Catalog catalog, IntUnaryOperator words) {
        this.catalog = catalog;
        this.words = words;
    }

    /** A handle; kinds of handles have numbers of their own. */
    record Key(String resource, int handle) {}

    /** When and where a handle was given out. */
    record Opened(String resource, long instruction, int callSite) {}

    /** Everything that changes; never changed itself. */
    record Saved(Map<Key, Opened> live, Map<String, Long> longestLives) {
        Saved {
            live = Map.copyOf(live);
            longestLives = Map.copyOf(longestLives);
        }
    }

    private int pointed(SystemCall call, String place, Call made) {
        int[] arguments = {made.r0(), made.r1(), made.r2(), made.r3()};
        return words.applyAsInt(arguments[call.parameterIndex(place)]);
    }

    /** A call is about to be made: afterwards its handle may be gone from the variable. */
    void before(SystemCall call, Call made) {
        for (Effect effect : call.effects()) {
            if (effect instanceof Effect.Releases releases) {
                handleBefore = pointed(call, releases.place(), made);
            }
        }
    }

    void after(SystemCall call, Call made, int status) {
        for (Effect effect : call.effects()) {
            if (effect instanceof Effect.Acquires acquires && status == OKAY) {
                live.put(
                        new Key(acquires.resource(), pointed(call, acquires.place(), made)),
                        new Opened(acquires.resource(), made.instruction(), made.callSite()));
            } else if (effect instanceof Effect.Releases releases) {
                boolean ends =
                        catalog.statuses()
                                .constant(status)
                                .map(EnumType.Constant::name)
                                .filter(releases.statuses()::contains)
                                .isPresent();
                if (ends) {
                    released(new Key(releases.resource(), handleBefore), made.instruction());
                }
            }
        }
    }

    private void released(Key key, long now) {
        Opened opened = live.remove(key);
        if (opened != null) {
            longestLives.merge(key.resource(), now - opened.instruction(), Math::max);
        }
    }

    /** Microvisor has taken everything back. */
    void restarted() {
        live.clear();
    }

    /** Handles that are older than this at {@code now}, oldest first. */
    List<Opened> olderThan(long age, long now) {
        return live.values().stream()
                .filter(opened -> now - opened.instruction() > age)
                .sorted(
                        Comparator.comparingLong(Opened::instruction)
                                .thenComparing(Opened::resource))
                .toList();
    }

    /** How long handles of a resource lived at most before they were given back; 0 for none. */
    long longestLife(String resource) {
        return longestLives.getOrDefault(resource, 0L);
    }

    Saved save() {
        return new Saved(live, longestLives);
    }

    void restore(Saved saved) {
        live = new HashMap<>(saved.live());
        longestLives = new HashMap<>(saved.longestLives());
    }
}
