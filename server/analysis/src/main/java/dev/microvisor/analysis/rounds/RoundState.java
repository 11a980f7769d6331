package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.SourceRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the followed variables hold at one point of a round. Immutable; equal when they hold the
 * same, however that came about.
 */
final class RoundState {
    /** Steps remembered of one way. */
    private static final int MAX_TRAIL = 60;

    static final RoundState EMPTY = new RoundState(Map.of(), null);

    private final Map<Object, RoundValue> cells;
    private final Trail trail;
    private final int hash;

    /** The steps so far, newest first. */
    private record Trail(Note note, Trail before, int length) {}

    private RoundState(Map<Object, RoundValue> cells, Trail trail) {
        this.cells = cells;
        this.trail = trail;
        this.hash = cells.hashCode();
    }

    RoundValue get(Object cell) {
        return cells.getOrDefault(cell, RoundValue.ANY);
    }

    RoundState with(Object cell, RoundValue value) {
        if (get(cell).equals(value)) {
            return this;
        }
        Map<Object, RoundValue> now = new HashMap<>(cells);
        if (value.equals(RoundValue.ANY)) {
            now.remove(cell);
        } else {
            now.put(cell, value);
        }
        return new RoundState(now, trail);
    }

    /** Only some of the cells. */
    RoundState only(Predicate<Object> kept) {
        Map<Object, RoundValue> now = new HashMap<>(cells);
        now.keySet().removeIf(c -> !kept.test(c));
        return now.size() == cells.size() ? this : new RoundState(now, trail);
    }

    /** The cells of another state besides those of this one. */
    RoundState and(RoundState other) {
        Map<Object, RoundValue> now = new HashMap<>(cells);
        now.putAll(other.cells);
        return new RoundState(now, trail);
    }

    Map<Object, RoundValue> cells() {
        return Collections.unmodifiableMap(cells);
    }

    /** True when a cell other than one holds a value. */
    boolean isElsewhere(RoundValue value, Object cell) {
        return cells.entrySet().stream()
                .anyMatch(e -> e.getValue().equals(value) && !e.getKey().equals(cell));
    }

    RoundState step(SourceRange where, String what) {
        int length = trail == null ? 0 : trail.length();
        return length < MAX_TRAIL
                ? new RoundState(cells, new Trail(new Note(where, what), trail, length + 1))
                : this;
    }

    RoundState steps(List<Note> notes) {
        RoundState state = this;
        for (Note note : notes) {
            state = state.step(note.range(), note.message());
        }
        return state;
    }

    /** The same with no steps behind it. */
    RoundState fresh() {
        return new RoundState(cells, null);
    }

    /** The steps so far, oldest first. */
    List<Note> trail() {
        List<Note> notes = new ArrayList<>();
        for (Trail t = trail; t != null; t = t.before()) {
            notes.add(t.note());
        }
        Collections.reverse(notes);
        return notes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoundState s && s.hash == hash && s.cells.equals(cells);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
