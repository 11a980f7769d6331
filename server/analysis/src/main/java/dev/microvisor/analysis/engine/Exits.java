package dev.microvisor.analysis.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Keeps summaries small: what callers cannot see goes, and like ways to return become one. */
final class Exits {
    private Exits() {}

    /** An exit with only those symbols that matter outside. */
    static Summary.Exit trim(Value result, State state, Map<Place, Value> effects) {
        Set<Sym> needed = new HashSet<>();
        collect(result, needed);
        effects.values().forEach(v -> collect(v, needed));
        Map<Sym, Handle> handles = new HashMap<>();
        state.handles()
                .forEach(
                        (sym, handle) -> {
                            boolean outside = sym.kind() == Sym.Kind.INITIAL;
                            if ((outside && handle.change() != null) || needed.contains(sym)) {
                                handles.put(sym, handle);
                                needed.add(sym);
                                if (handle.change() != null) {
                                    needed.add(handle.change().status());
                                }
                                if (handle.openStatus() != null) {
                                    needed.add(handle.openStatus());
                                }
                            }
                        });
        Map<Sym, ValueSet> sets = new HashMap<>();
        state.sets()
                .forEach(
                        (sym, set) -> {
                            if (sym.kind() == Sym.Kind.INITIAL || needed.contains(sym)) {
                                sets.put(sym, set);
                            }
                        });
        Set<Sym> trusted = new HashSet<>(state.trusted());
        trusted.removeIf(s -> s.kind() != Sym.Kind.INITIAL);
        return new Summary.Exit(
                result, sets, effects, handles, trusted, Set.copyOf(state.writes()));
    }

    private static void collect(Value value, Set<Sym> to) {
        if (value instanceof Value.Symbolic s) {
            to.add(s.sym());
        } else if (value instanceof Value.Truth t) {
            to.add(t.sym());
        } else if (value instanceof Value.Pending p) {
            to.add(p.status());
            collect(p.then(), to);
            collect(p.otherwise(), to);
        }
    }

    /** Merges exits that agree in what paths are split for, then the nearest ones. */
    static List<Summary.Exit> reduce(Collection<Summary.Exit> exits, int limit) {
        Map<List<Object>, Summary.Exit> byKey = new LinkedHashMap<>();
        for (Summary.Exit exit : exits) {
            byKey.merge(key(exit), exit, Exits::merge);
        }
        List<Summary.Exit> kept = new ArrayList<>(byKey.values());
        while (kept.size() > limit) {
            Summary.Exit last = kept.remove(kept.size() - 1);
            Summary.Exit before = kept.remove(kept.size() - 1);
            kept.add(merge(before, last));
        }
        return kept;
    }

    /** Result, handles, pending effects, and conditions on parameters: these decide in callers. */
    private static List<Object> key(Summary.Exit exit) {
        Map<Object, Object> decisive = new HashMap<>();
        exit.effects()
                .forEach(
                        (place, value) -> {
                            if (value instanceof Value.Pending
                                    || value.symbol()
                                            .filter(s -> s.kind() == Sym.Kind.HANDLE)
                                            .isPresent()
                                    || place.type().isPointer()) {
                                decisive.put(place, value);
                            }
                        });
        Map<Object, Object> conditions = new HashMap<>();
        exit.sets()
                .forEach(
                        (sym, set) -> {
                            boolean parameter =
                                    sym.kind() == Sym.Kind.INITIAL
                                            && sym.place()
                                                    .variable()
                                                    .filter(v -> v.isAutomatic())
                                                    .isPresent();
                            boolean pointer =
                                    sym.kind() == Sym.Kind.INITIAL
                                            && sym.place().type().isPointer();
                            if (parameter || pointer || sym.kind() == Sym.Kind.STATUS) {
                                conditions.put(sym, set);
                            }
                        });
        Object result = exit.result();
        return List.of(result, decisive, conditions, exit.handles());
    }

    private static Summary.Exit merge(Summary.Exit a, Summary.Exit b) {
        Map<Place, Value> effects = new HashMap<>();
        Set<Place> places = new HashSet<>(a.effects().keySet());
        places.addAll(b.effects().keySet());
        for (Place place : places) {
            // A place that only one way writes has its initial value on the other.
            Value mine = a.effects().getOrDefault(place, initial(place, a));
            Value theirs = b.effects().getOrDefault(place, initial(place, b));
            effects.put(place, Objects.equals(mine, theirs) ? mine : Value.UNKNOWN);
        }
        Map<Sym, ValueSet> sets = new HashMap<>();
        a.sets()
                .forEach(
                        (sym, set) -> {
                            ValueSet other = b.sets().get(sym);
                            if (other != null) {
                                sets.put(sym, set.or(other));
                            }
                        });
        Map<Sym, Handle> handles = new HashMap<>();
        a.handles()
                .forEach(
                        (sym, handle) -> {
                            if (handle.equals(b.handles().get(sym))) {
                                handles.put(sym, handle);
                            }
                        });
        Set<Sym> trusted = new HashSet<>(a.trusted());
        trusted.addAll(b.trusted());
        Set<Write> writes = new HashSet<>(a.writes());
        writes.retainAll(b.writes());
        return new Summary.Exit(
                a.result().equals(b.result()) ? a.result() : Value.UNKNOWN,
                sets,
                effects,
                handles,
                trusted,
                writes);
    }

    private static Value initial(Place place, Summary.Exit exit) {
        Sym sym = Sym.initial(place);
        ValueSet set = exit.sets().get(sym);
        return set != null && set.isOnly(0) ? Value.ZERO : Value.of(sym);
    }
}
