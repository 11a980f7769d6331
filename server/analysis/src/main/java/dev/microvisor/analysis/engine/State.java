package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.SourceRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is known at one point of one path. Mutable; copied where paths part. */
public final class State {
    /** Places remembered; a function that stores to more gets less precise. */
    static final int MAX_PLACES = 400;

    private static final int MAX_TRAIL = 40;

    /** Writes remembered; what a function writes besides is not told to its callers. */
    private static final int MAX_WRITES = 16;

    /** An element whose index is not known. */
    private static final String SOME = "[*]";

    private final Map<Place, Value> store = new HashMap<>();
    private final Map<Sym, ValueSet> sets = new HashMap<>();
    private final Map<Sym, Handle> handles = new HashMap<>();
    private final Set<Sym> trusted = new HashSet<>();
    private final Set<Write> writes = new LinkedHashSet<>();
    private Trail trail;

    /** The steps so far, newest first. Not part of what makes states equal. */
    private record Trail(Note note, Trail before, int length) {}

    State() {}

    State copy() {
        State copy = new State();
        copy.store.putAll(store);
        copy.sets.putAll(sets);
        copy.handles.putAll(handles);
        copy.trusted.addAll(trusted);
        copy.writes.addAll(writes);
        copy.trail = trail;
        return copy;
    }

    Map<Place, Value> store() {
        return store;
    }

    Map<Sym, ValueSet> sets() {
        return sets;
    }

    public Map<Sym, Handle> handles() {
        return Collections.unmodifiableMap(handles);
    }

    void handle(Sym sym, Handle handle) {
        handles.put(sym, handle);
    }

    /** The places whose values are made of a symbol. */
    public List<Place> holders(Sym sym) {
        List<Place> holders = new ArrayList<>();
        store.forEach(
                (place, value) -> {
                    if (settle(value).mentions(sym)) {
                        holders.add(place);
                    }
                });
        return holders;
    }

    /** The places that are known to hold 0, here for certain. */
    public List<Place> zeros() {
        List<Place> zeros = new ArrayList<>();
        store.forEach(
                (place, value) -> {
                    Value now = settle(value);
                    boolean zero =
                            now.symbol().map(s -> set(s).isOnly(0)).orElse(now.equals(Value.ZERO));
                    if (zero) {
                        zeros.add(place);
                    }
                });
        sets.forEach(
                (sym, set) -> {
                    if (sym.kind() == Sym.Kind.INITIAL
                            && set.isOnly(0)
                            && !store.containsKey(sym.place())) {
                        zeros.add(sym.place());
                    }
                });
        return zeros;
    }

    /**
     * Code that is not followed may have stored anything in static variables: nothing is known of
     * them any more.
     */
    void forgetStatics() {
        Set<Place> changed = new HashSet<>();
        for (Sym sym : sets.keySet()) {
            if (sym.kind() == Sym.Kind.INITIAL) {
                changed.add(sym.place());
            }
        }
        changed.addAll(store.keySet());
        changed.removeIf(p -> p.variable().filter(v -> v.isStatic()).isEmpty());
        changed.forEach(p -> store.put(p, Value.UNKNOWN));
    }

    /**
     * Something that could not be read may have stored, tested, opened and closed anything: nothing
     * is known any more, and nothing is missed.
     */
    void forgetAll() {
        forgetStatics();
        store.replaceAll((place, value) -> Value.UNKNOWN);
        trusted.addAll(sets.keySet());
        trusted.addAll(handles.keySet());
        handles.clear();
    }

    /** The numbers that a symbol can be. */
    public ValueSet set(Sym sym) {
        return sets.getOrDefault(sym, ValueSet.ALL);
    }

    /** Symbols of which something is known. */
    public Set<Sym> symbols() {
        return Collections.unmodifiableSet(sets.keySet());
    }

    /** Narrows a symbol; false when nothing is left and the path cannot be. */
    boolean narrow(Sym sym, ValueSet to) {
        ValueSet left = set(sym).and(to);
        sets.put(sym, left);
        return !left.isEmpty();
    }

    /** A symbol that code out of sight may have tested. */
    void trust(Sym sym) {
        trusted.add(sym);
    }

    public boolean isTrusted(Sym sym) {
        return trusted.contains(sym);
    }

    Set<Sym> trusted() {
        return trusted;
    }

    /**
     * Bytes are written into an array. After a handle was given up nothing is remembered: the
     * memory may have been given back with it.
     */
    void wrote(Write write) {
        boolean released =
                handles.values().stream()
                        .anyMatch(
                                h ->
                                        h.change() != null
                                                && h.change().state().equals(Handle.CLOSED));
        if (!released && writes.size() < MAX_WRITES) {
            writes.add(write);
        }
    }

    /**
     * The writes so far into arrays that outlive the function, before any handle was given up. Not
     * part of what makes states equal.
     */
    public Set<Write> writes() {
        return Collections.unmodifiableSet(writes);
    }

    void step(SourceRange where, String what) {
        int length = trail == null ? 0 : trail.length();
        if (length < MAX_TRAIL) {
            trail = new Trail(new Note(where, what), trail, length + 1);
        }
    }

    /** The steps that led here, oldest first. */
    public List<Note> trail() {
        List<Note> notes = new ArrayList<>();
        for (Trail t = trail; t != null; t = t.before()) {
            notes.add(t.note());
        }
        Collections.reverse(notes);
        return notes;
    }

    /** What was stored at a place or at one that contains it; null when nothing was. */
    Value stored(Place place) {
        Value exact = store.get(place);
        if (exact != null) {
            return settle(exact);
        }
        if (place.path().contains(SOME) && isStoredNear(place)) {
            return Value.UNKNOWN;
        }
        Place outer = place;
        while (!outer.path().isEmpty()) {
            outer = outer.parent();
            Value value = store.get(outer);
            if (value != null) {
                return settle(part(value, place.path().substring(outer.path().length())));
            }
        }
        return null;
    }

    /** True when a certain element has been stored that an element somewhere may be. */
    private boolean isStoredNear(Place place) {
        Place array = array(place);
        return store.keySet().stream()
                .anyMatch(p -> array.covers(p) && p.path().length() > array.path().length());
    }

    /** The array around the first index that is not known. */
    private static Place array(Place place) {
        return new Place(place.root(), place.path().substring(0, place.path().indexOf(SOME)));
    }

    /** A part of an aggregate value. */
    private static Value part(Value whole, String path) {
        if (whole instanceof Value.Symbolic s) {
            return s.plus() == 0 ? Value.of(s.sym().part(path)) : Value.UNKNOWN;
        }
        if (whole instanceof Value.Pending p) {
            return new Value.Pending(
                    p.status(), p.when(), part(p.then(), path), part(p.otherwise(), path));
        }
        return whole instanceof Value.Num || whole instanceof Value.Unset ? whole : Value.UNKNOWN;
    }

    /** Resolves what the statuses known by now decide. */
    Value settle(Value value) {
        if (value instanceof Value.Pending p) {
            ValueSet can = set(p.status());
            if (can.within(p.when())) {
                return settle(p.then());
            }
            if (can.disjoint(p.when())) {
                return settle(p.otherwise());
            }
        }
        return value;
    }

    void assign(Place place, Value value) {
        if (place.path().contains(SOME)) {
            // It may be any element: what was known of the others need not hold any more.
            Place array = array(place);
            store.keySet().removeIf(p -> array.covers(p) && !p.path().contains(SOME));
            store.put(array, Value.UNKNOWN);
        }
        store.keySet().removeIf(place::covers);
        if (store.size() < MAX_PLACES) {
            store.put(place, value);
        } else {
            forget(place);
        }
    }

    private void forget(Place place) {
        // Too many places: what covers this one is no longer known either.
        for (Place outer = place; !outer.path().isEmpty(); ) {
            outer = outer.parent();
            store.remove(outer);
        }
        store.put(place, Value.UNKNOWN);
    }

    /** A symbol arises anew: what older rounds of a loop said of it is void. */
    void renew(Sym sym) {
        sets.remove(sym);
        handles.remove(sym);
        trusted.remove(sym);
        for (Map.Entry<Place, Value> entry : store.entrySet()) {
            if (entry.getValue().mentions(sym)) {
                entry.setValue(Value.UNKNOWN);
            }
        }
        handles.replaceAll(
                (h, handle) ->
                        handle.change() != null && handle.change().status().equals(sym)
                                ? handle.withChange(null, "")
                                : handle);
    }

    /** The state of a handle as far as statuses decide; empty when it cannot be told. */
    public String stateOf(Handle handle) {
        Handle.Change change = handle.change();
        if (change == null) {
            return handle.state();
        }
        ValueSet can = set(change.status());
        if (can.within(change.when())) {
            return change.state();
        }
        return can.disjoint(change.when()) ? handle.state() : "";
    }

    /** Keeps only what holds in both. */
    State join(State other) {
        State joined = new State();
        joined.trail = trail;
        for (Map.Entry<Place, Value> entry : store.entrySet()) {
            Value theirs = other.stored(entry.getKey());
            Value ours = settle(entry.getValue());
            joined.store.put(entry.getKey(), Objects.equals(ours, theirs) ? ours : Value.UNKNOWN);
        }
        for (Place place : other.store.keySet()) {
            if (!joined.store.containsKey(place)) {
                Value ours = stored(place);
                Value theirs = other.settle(other.store.get(place));
                joined.store.put(place, theirs.equals(ours) ? theirs : Value.UNKNOWN);
            }
        }
        for (Map.Entry<Sym, ValueSet> entry : sets.entrySet()) {
            ValueSet theirs = other.sets.get(entry.getKey());
            if (theirs != null) {
                joined.sets.put(entry.getKey(), entry.getValue().or(theirs));
            }
        }
        for (Map.Entry<Sym, Handle> entry : handles.entrySet()) {
            if (entry.getValue().equals(other.handles.get(entry.getKey()))) {
                joined.handles.put(entry.getKey(), entry.getValue());
            }
        }
        joined.trusted.addAll(trusted);
        joined.trusted.addAll(other.trusted);
        joined.writes.addAll(writes);
        joined.writes.retainAll(other.writes);
        return joined;
    }

    /**
     * How much a join with another state would lose.
     *
     * @param enough at which counting may stop, because a nearer state is known
     */
    int distance(State other, int enough) {
        int differ = 0;
        for (Map.Entry<Sym, Handle> entry : handles.entrySet()) {
            differ += entry.getValue().equals(other.handles.get(entry.getKey())) ? 0 : 4;
        }
        for (Map.Entry<Sym, ValueSet> entry : sets.entrySet()) {
            if (differ >= enough) {
                return differ;
            }
            differ += entry.getValue().equals(other.sets.get(entry.getKey())) ? 0 : 2;
        }
        for (Map.Entry<Place, Value> entry : store.entrySet()) {
            if (differ >= enough) {
                return differ;
            }
            differ += entry.getValue().equals(other.store.get(entry.getKey())) ? 0 : 1;
        }
        return differ;
    }

    /** Drops temporaries' values of an earlier statement, so that equal paths meet. */
    void dropIf(java.util.function.Predicate<Place> gone) {
        for (Iterator<Place> places = store.keySet().iterator(); places.hasNext(); ) {
            if (gone.test(places.next())) {
                places.remove();
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State s
                && s.store.equals(store)
                && s.sets.equals(sets)
                && s.handles.equals(handles);
    }

    @Override
    public int hashCode() {
        return Objects.hash(store, sets, handles);
    }
}
