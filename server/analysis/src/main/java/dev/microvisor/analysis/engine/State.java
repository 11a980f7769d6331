package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.SourceRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/** What is known at one point of one path. Mutable; copied where paths part. */
public final class State {
    /** Places remembered; a function that stores to more gets less precise. */
    static final int MAX_PLACES = 400;

    private static final int MAX_TRAIL = 40;

    /** Writes remembered; what a function writes besides is not told to its callers. */
    private static final int MAX_WRITES = 16;

    /** How the step of a system call reads. */
    static final String CALLED = " called here";

    /** An element whose index is not known. */
    private static final String SOME = "[*]";

    private PersistentMap<Place.Root, Cells> store = PersistentMap.empty();
    private PersistentMap<Sym, ValueSet> sets = PersistentMap.empty();
    private PersistentMap<Sym, Handle> handles = PersistentMap.empty();
    private PersistentMap<Sym, Boolean> trusted = PersistentMap.empty();

    /** Places in the store. */
    private int places;

    private Set<Write> writes = Set.of();
    private Trail trail;

    /** Turns taken so far for which no system call's status is the reason. */
    private int guesses;

    /**
     * The steps so far, newest first. Not part of what makes states equal.
     *
     * @param guesses how many turns had been guessed by then
     */
    private record Trail(Note note, Trail before, int length, int guesses) {}

    State() {}

    State copy() {
        State copy = new State();
        copy.store = store;
        copy.places = places;
        copy.sets = sets;
        copy.handles = handles;
        copy.trusted = trusted;
        copy.writes = writes;
        copy.trail = trail;
        copy.guesses = guesses;
        return copy;
    }

    /** All that is stored; of one root wholes before their parts. */
    void forEachPlace(BiConsumer<Place, Value> action) {
        store.forEach((root, cells) -> cells.forEach(action));
    }

    /** What is stored at a place and at its parts, wholes before their parts. */
    void forEachPart(Place whole, BiConsumer<Place, Value> action) {
        cells(whole)
                .forEach(
                        (place, value) -> {
                            if (Place.startsWith(place.path(), whole.path())) {
                                action.accept(place, value);
                            }
                        });
    }

    private Cells cells(Place place) {
        Cells cells = store.get(place.root());
        return cells == null ? Cells.NONE : cells;
    }

    private void keep(Place.Root root, Cells before, Cells now) {
        if (!now.equals(before)) {
            places += now.size() - before.size();
            store = now.isEmpty() ? store.without(root) : store.with(root, now);
        }
    }

    Map<Sym, ValueSet> sets() {
        return sets.asMap();
    }

    public Map<Sym, Handle> handles() {
        return handles.asMap();
    }

    void handle(Sym sym, Handle handle) {
        handles = handles.with(sym, handle);
    }

    /** The places whose values are made of a symbol. */
    public List<Place> holders(Sym sym) {
        List<Place> holders = new ArrayList<>();
        forEachPlace(
                (place, value) -> {
                    if (settle(value).mentions(sym)) {
                        holders.add(place);
                    }
                });
        return holders;
    }

    /** What calls leave behind, each by its status, also where that is known by now. */
    public List<Value.Pending> pending() {
        List<Value.Pending> all = new ArrayList<>();
        forEachPlace(
                (place, value) -> {
                    if (value instanceof Value.Pending p) {
                        all.add(p);
                    }
                });
        return all;
    }

    /** The places that are known to hold 0, here for certain. */
    public List<Place> zeros() {
        List<Place> zeros = new ArrayList<>();
        forEachPlace(
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
                            && cells(sym.place()).get(sym.place().path()) == null) {
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
        sets.forEach(
                (sym, set) -> {
                    if (sym.kind() == Sym.Kind.INITIAL) {
                        changed.add(sym.place());
                    }
                });
        forEachPlace((place, value) -> changed.add(place));
        changed.removeIf(p -> p.variable().filter(v -> v.isStatic()).isEmpty());
        changed.forEach(p -> keep(p.root(), cells(p), cells(p).with(p, Value.UNKNOWN)));
    }

    /**
     * Something that could not be read may have stored, tested, opened and closed anything: nothing
     * is known any more, and nothing is missed.
     */
    void forgetAll() {
        forgetStatics();
        PersistentMap<Place.Root, Cells> known = store;
        known.forEach(
                (root, cells) -> keep(root, cells, cells.replace((p, value) -> Value.UNKNOWN)));
        sets.forEach((sym, set) -> trust(sym));
        handles.forEach((sym, handle) -> trust(sym));
        handles = PersistentMap.empty();
    }

    /** The numbers that a symbol can be. */
    public ValueSet set(Sym sym) {
        ValueSet set = sets.get(sym);
        return set == null ? ValueSet.ALL : set;
    }

    /** Symbols of which something is known. */
    public Set<Sym> symbols() {
        return sets.asMap().keySet();
    }

    /** Narrows a symbol; false when nothing is left and the path cannot be. */
    boolean narrow(Sym sym, ValueSet to) {
        ValueSet left = set(sym).and(to);
        sets = sets.with(sym, left);
        return !left.isEmpty();
    }

    /** A symbol that code out of sight may have tested. */
    void trust(Sym sym) {
        if (!trusted.contains(sym)) {
            trusted = trusted.with(sym, Boolean.TRUE);
        }
    }

    public boolean isTrusted(Sym sym) {
        return trusted.contains(sym);
    }

    Set<Sym> trusted() {
        return trusted.asMap().keySet();
    }

    /**
     * Bytes are written into an array. After a handle was given up nothing is remembered: the
     * memory may have been given back with it.
     */
    void wrote(Write write) {
        boolean released = handles().values().stream().anyMatch(h -> h.isClosing());
        if (!released && writes.size() < MAX_WRITES && !writes.contains(write)) {
            writes = new LinkedHashSet<>(writes);
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
            trail = new Trail(new Note(where, what), trail, length + 1, guesses);
        }
    }

    /** The path takes a turn that something decides which is not known. */
    void guess() {
        guesses++;
    }

    /**
     * True when nothing but statuses decided the turns since a system call of this function: every
     * one of them can be, so this path can be taken whenever the call is reached.
     */
    public boolean isCertainSince(SourceRange call) {
        for (Trail t = trail; t != null; t = t.before()) {
            SourceRange step = t.note().range();
            if (step.file().equals(call.file())
                    && step.startLine() >= call.startLine()
                    && step.endLine() <= call.endLine()
                    && t.note().message().endsWith(CALLED)) {
                return t.guesses() == guesses && trail.length() < MAX_TRAIL;
            }
        }
        return false;
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
        return stored(cells(place), place.path());
    }

    private Value stored(Cells cells, String path) {
        Value value = cells.stored(path, SOME);
        return value == null ? null : settle(value);
    }

    /** A part of an aggregate value. */
    static Value part(Value whole, String path) {
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
        Cells before = cells(place);
        Cells now = before;
        if (place.path().contains(SOME)) {
            // It may be any element: what was known of the others need not hold any more.
            String array = place.path().substring(0, place.path().indexOf(SOME));
            now =
                    now.without(
                                    (p, v) ->
                                            Place.startsWith(p.path(), array)
                                                    && !p.path().contains(SOME))
                            .with(new Place(place.root(), array), Value.UNKNOWN);
        }
        for (Place shared : place.sharing()) {
            now =
                    now.without((p, v) -> Place.startsWith(p.path(), shared.path()))
                            .with(shared, Value.UNKNOWN);
        }
        now = now.without((p, v) -> Place.startsWith(p.path(), place.path()));
        if (places - before.size() + now.size() < MAX_PLACES) {
            now = now.with(place, value);
        } else {
            // Too many places: what covers this one is no longer known either.
            now =
                    now.without((p, v) -> Place.startsWith(place.path(), p.path()))
                            .with(place, Value.UNKNOWN);
        }
        keep(place.root(), before, now);
    }

    /**
     * Assigns places and their parts, whichever comes first. Of the members of a union those that
     * nothing is known of go before the one that was written last, which makes the others unknown.
     */
    void assignAll(Collection<Map.Entry<Place, Value>> values) {
        values.stream()
                .sorted(
                        Comparator.comparingInt((Map.Entry<Place, Value> e) -> e.getKey().steps())
                                .thenComparing(e -> !(e.getValue() instanceof Value.Anything)))
                .forEach(e -> assign(e.getKey(), e.getValue()));
    }

    /** A symbol arises anew: what older rounds of a loop said of it is void. */
    void renew(Sym sym) {
        sets = sets.without(sym);
        handles = handles.without(sym);
        trusted = trusted.without(sym);
        store =
                store.replace(
                        Cells.mark(sym),
                        (root, cells) ->
                                cells.replace((p, v) -> v.mentions(sym) ? Value.UNKNOWN : v));
        handles.forEach(
                (h, handle) -> {
                    if (handle.change() != null && handle.change().status().equals(sym)) {
                        handle(h, handle.withChange(null, ""));
                    }
                });
    }

    /** The state of a handle as far as statuses decide; empty when it cannot be told. */
    public String stateOf(Handle handle) {
        Handle.Change change = handle.change();
        if (change == null) {
            return handle.settled();
        }
        ValueSet can = set(change.status());
        if (can.within(change.when())) {
            return change.state();
        }
        return can.disjoint(change.when()) ? handle.settled() : "";
    }

    /** What a new change finds: {@link #stateOf}, and what is undecided stays so. */
    String stateBeforeChange(Handle handle) {
        Handle.Change change = handle.change();
        boolean undecided =
                change != null
                        && !set(change.status()).within(change.when())
                        && !set(change.status()).disjoint(change.when());
        return undecided || handle.state().equals(Handle.UNCERTAIN)
                ? Handle.UNCERTAIN
                : stateOf(handle);
    }

    /** Keeps only what holds in both. */
    State join(State other) {
        State joined = new State();
        joined.trail = trail;
        joined.guesses = Math.max(guesses, other.guesses);
        joined.places = places;
        joined.store =
                store.join(
                        other.store,
                        (root, mine, theirs) -> {
                            Cells ours = mine == null ? Cells.NONE : mine;
                            Cells both = join(ours, other, theirs == null ? Cells.NONE : theirs);
                            joined.places += both.size() - ours.size();
                            return both;
                        });
        joined.sets =
                sets.join(
                        other.sets,
                        (sym, mine, theirs) ->
                                mine == null || theirs == null
                                        ? null
                                        : mine.equals(theirs) ? mine : mine.or(theirs));
        joined.handles =
                handles.join(
                        other.handles,
                        (sym, mine, theirs) -> mine != null && mine.equals(theirs) ? mine : null);
        joined.trusted =
                trusted.join(other.trusted, (sym, mine, theirs) -> mine == null ? theirs : mine);
        joined.writes = new LinkedHashSet<>(writes);
        joined.writes.retainAll(other.writes);
        return joined;
    }

    private Cells join(Cells mine, State other, Cells theirs) {
        Cells[] joined = {
            mine.replace(
                    (place, value) -> {
                        Value ours = settle(value);
                        return Objects.equals(ours, other.stored(theirs, place.path()))
                                ? ours
                                : Value.UNKNOWN;
                    })
        };
        theirs.forEach(
                (place, value) -> {
                    if (mine.get(place.path()) == null) {
                        Value ours = stored(mine, place.path());
                        Value settled = other.settle(value);
                        joined[0] =
                                joined[0].with(
                                        place, settled.equals(ours) ? settled : Value.UNKNOWN);
                    }
                });
        return joined[0];
    }

    /** How much a join with another state would lose. */
    int distance(State other) {
        return handles.distance(other.handles, (mine, theirs) -> 4)
                + sets.distance(other.sets, (mine, theirs) -> 2)
                + store.distance(other.store, Cells::distance);
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
