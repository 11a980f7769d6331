package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a summary into the state of one caller. */
final class SummaryUse {
    /** Symbols of functions in functions in functions: past this they lose their identity. */
    private static final int MAX_ID = 240;

    private final Evaluator evaluator;
    private final Summary summary;
    private final CallSite site;
    private final Optional<Value> object;
    private final String prefix;
    private final Map<Sym, Value> known = new HashMap<>();

    /**
     * @param object what points at the object of a method
     */
    SummaryUse(
            Evaluator evaluator,
            Summary summary,
            CallSite site,
            Optional<Value> object,
            String scope) {
        this.evaluator = evaluator;
        this.summary = summary;
        this.site = site;
        this.object = object;
        this.prefix = scope + "#" + site.call().id() + "/";
    }

    /**
     * A state after the call, with the value that the call returned.
     *
     * @param writes what the function wrote into, as the caller knows it
     */
    record After(State state, Value result, List<Write> writes) {}

    /** What the caller hands to a use of a handle inside the function. */
    Value handle(Summary.Use use) {
        return translate(use.handle(), site.state());
    }

    List<After> apply() {
        List<After> after = new ArrayList<>();
        for (Summary.Exit exit : summary.exits()) {
            apply(exit).ifPresent(after::add);
        }
        return after;
    }

    private Optional<After> apply(Summary.Exit exit) {
        known.clear();
        State state = site.state().copy();
        // What the call made in an earlier round of a loop is gone.
        for (Sym sym : exit.sets().keySet()) {
            if (sym.kind() != Sym.Kind.INITIAL) {
                state.renew(rename(sym));
            }
        }
        exit.handles().keySet().stream()
                .filter(h -> h.kind() == Sym.Kind.HANDLE)
                .forEach(h -> state.renew(rename(h)));
        known.clear();
        for (Map.Entry<Sym, ValueSet> entry : exit.sets().entrySet()) {
            Sym sym = entry.getKey();
            boolean possible =
                    sym.kind() == Sym.Kind.INITIAL
                            ? constrain(translate(sym, state), entry.getValue(), state)
                            : state.narrow(rename(sym), entry.getValue());
            if (!possible) {
                return Optional.empty();
            }
        }
        exit.trusted().forEach(s -> evaluator.lost(translate(s, state), state));
        Map<Place, Value> writes = new HashMap<>();
        for (Map.Entry<Place, Value> entry : exit.effects().entrySet()) {
            place(entry.getKey(), state)
                    .ifPresent(p -> writes.put(p, value(entry.getValue(), state)));
        }
        Value result = value(exit.result(), state);
        state.assignAll(writes.entrySet());
        exit.handles().forEach((sym, handle) -> handle(sym, handle, state));
        List<Write> wrote = new ArrayList<>();
        for (Write write : exit.writes()) {
            place(write.place(), site.state()).ifPresent(p -> wrote.add(seenHere(write, p)));
        }
        return Optional.of(new After(state, result, wrote));
    }

    /** Who passes a whole buffer to be written names it; otherwise the function does itself. */
    private Write seenHere(Write write, Place here) {
        boolean passed =
                write.place().root() instanceof Place.Pointee && write.place().path().isEmpty();
        return passed
                ? new Write(here, site.function(), site.call().range())
                : new Write(here, write.by(), write.where());
    }

    private void handle(Sym sym, Handle fact, State state) {
        Handle.Change change = fact.change();
        Handle.Change moved =
                change == null
                        ? null
                        : new Handle.Change(
                                rename(change.status()),
                                change.when(),
                                change.state(),
                                site.call().range());
        if (sym.kind() == Sym.Kind.INITIAL) {
            SystemCalls.symbol(translate(sym, state), state)
                    .ifPresent(
                            actual -> {
                                Handle before = state.handles().get(actual);
                                boolean outside = before == null;
                                // Where the function has not seen the state its caller has.
                                String settled =
                                        outside || !fact.state().isEmpty()
                                                ? fact.state()
                                                : state.stateBeforeChange(before);
                                state.handle(
                                        actual,
                                        new Handle(
                                                fact.resource(),
                                                outside ? Handle.origin(actual) : before.opened(),
                                                outside ? null : before.openStatus(),
                                                outside ? fact.kind() : before.kind(),
                                                outside ? null : before.kindOf(),
                                                settled,
                                                moved,
                                                outside ? List.of() : before.borrowed()));
                            });
            return;
        }
        List<Handle.Loan> loans = new ArrayList<>();
        for (Handle.Loan loan : fact.borrowed()) {
            place(loan.place(), state)
                    .ifPresent(p -> loans.add(new Handle.Loan(p, loan.writeProtected())));
        }
        Value kind = fact.kindOf() == null ? Value.UNKNOWN : translate(fact.kindOf(), state);
        state.handle(
                rename(sym),
                new Handle(
                        fact.resource(),
                        site.call().range(),
                        fact.openStatus() == null ? null : rename(fact.openStatus()),
                        fact.kind() >= 0 ? fact.kind() : kind.number().orElse(-1L),
                        kind.symbol().filter(s -> s.kind() == Sym.Kind.INITIAL).orElse(null),
                        fact.state(),
                        moved,
                        loans));
    }

    /** Demands that a value of the caller lies in a set. */
    private static boolean constrain(Value value, ValueSet set, State state) {
        if (value instanceof Value.Num num) {
            return set.contains(num.value());
        }
        if (value instanceof Value.Address || value instanceof Value.FunctionAddress) {
            return !set.isOnly(0);
        }
        if (value instanceof Value.Symbolic s && s.plus() == 0) {
            return state.narrow(s.sym(), set);
        }
        if (value instanceof Value.Truth truth) {
            boolean one = set.contains(1);
            boolean zero = set.contains(0);
            if (one == zero) {
                return one;
            }
            return state.narrow(truth.sym(), one ? truth.when() : truth.when().complement());
        }
        if (value instanceof Value.Pending p) {
            boolean then = mayBe(p.then(), set);
            boolean otherwise = mayBe(p.otherwise(), set);
            if (then && otherwise) {
                return true;
            }
            return (then || otherwise)
                    && state.narrow(p.status(), then ? p.when() : p.when().complement());
        }
        return true;
    }

    private static boolean mayBe(Value value, ValueSet set) {
        if (value instanceof Value.Num num) {
            return set.contains(num.value());
        }
        if (value instanceof Value.Symbolic s
                && s.plus() == 0
                && s.sym().kind() == Sym.Kind.HANDLE) {
            return !set.isOnly(0);
        }
        return true;
    }

    private Sym rename(Sym sym) {
        String id = prefix + sym.id();
        if (id.length() > MAX_ID) {
            id = prefix + Integer.toHexString(sym.id().hashCode());
        }
        return new Sym(id, sym.kind(), site.call().range(), sym.call(), null);
    }

    private Value translate(Sym sym, State state) {
        if (sym.kind() != Sym.Kind.INITIAL) {
            return Value.of(rename(sym));
        }
        Value done = known.get(sym);
        if (done == null) {
            Optional<Place> place = place(sym.place(), state);
            done =
                    parameter(sym.place())
                            .or(() -> place.map(p -> state.settle(evaluator.load(p, state))))
                            .orElse(Value.UNKNOWN);
            known.put(sym, done);
        }
        return done;
    }

    /** The argument for a parameter, or the object. */
    private Optional<Value> parameter(Place place) {
        Optional<Variable> variable = place.variable();
        if (variable.isEmpty() || !place.path().isEmpty()) {
            return Optional.empty();
        }
        if (summary.function().self().equals(variable)) {
            return object;
        }
        int index = summary.function().parameters().indexOf(variable.get());
        return index < 0 ? Optional.empty() : Optional.of(site.argument(index));
    }

    private Optional<Place> place(Place place, State state) {
        Place.Root root = place.root();
        if (root instanceof Place.Var v) {
            return v.variable().isStatic() ? Optional.of(place) : Optional.empty();
        }
        if (root instanceof Place.Pointee pointee) {
            Value pointer = translate(pointee.pointer(), state);
            return Evaluator.pointee(pointer, pointee.type()).map(p -> p.at(place.path()));
        }
        if (Summary.isReturned(place)) {
            return Optional.of(Evaluator.temporary(site.call().result()).at(place.path()));
        }
        return root instanceof Place.Literal ? Optional.of(place) : Optional.empty();
    }

    private Value value(Value value, State state) {
        if (value instanceof Value.Symbolic s) {
            Value base = translate(s.sym(), state);
            return s.plus() == 0 ? base : Arithmetic.binary("+", base, new Value.Num(s.plus()));
        }
        if (value instanceof Value.Truth truth) {
            return truth(truth, state);
        }
        if (value instanceof Value.Pending p) {
            Value status = translate(p.status(), state);
            Value then = value(p.then(), state);
            Value otherwise = missing(value(p.otherwise(), state), p.status());
            return status.symbol()
                    .<Value>map(s -> state.settle(new Value.Pending(s, p.when(), then, otherwise)))
                    .orElse(Value.UNKNOWN);
        }
        if (value instanceof Value.Address address) {
            return place(address.place(), state)
                    .<Value>map(Value.Address::new)
                    .orElse(Value.UNKNOWN);
        }
        return value;
    }

    /** A missing value remembers which call should have given it. */
    private Value missing(Value value, Sym status) {
        return value instanceof Value.Unset unset && unset.call().isEmpty()
                ? new Value.Unset(status.call(), site.call().range())
                : value;
    }

    private Value truth(Value.Truth truth, State state) {
        Value of = translate(truth.sym(), state);
        if (of instanceof Value.Num num) {
            return new Value.Num(truth.when().contains(num.value()) ? 1 : 0);
        }
        if (of instanceof Value.Symbolic s && s.plus() == 0) {
            return new Value.Truth(s.sym(), truth.when());
        }
        if (of instanceof Value.Truth inner) {
            boolean one = truth.when().contains(1);
            boolean zero = truth.when().contains(0);
            if (one && !zero) {
                return inner;
            }
            return zero && !one
                    ? new Value.Truth(inner.sym(), inner.when().complement())
                    : Value.UNKNOWN;
        }
        return Value.UNKNOWN;
    }
}
