package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one instruction does to one state. */
final class Transfer {
    private final Catalog catalog;
    private final Program program;
    private final Evaluator evaluator;
    private final SystemCalls systemCalls;
    private final Map<Function, Summary> summaries;
    private final Listener listener;
    private final Map<Function, List<Summary.Use>> uses;

    Transfer(
            Catalog catalog,
            Program program,
            Evaluator evaluator,
            Map<Function, Summary> summaries,
            Map<Function, List<Summary.Use>> uses,
            Listener listener) {
        this.catalog = catalog;
        this.program = program;
        this.evaluator = evaluator;
        this.systemCalls = new SystemCalls(catalog);
        this.summaries = summaries;
        this.uses = uses;
        this.listener = listener;
    }

    List<State> apply(Function function, Instr instr, State state) {
        if (instr instanceof Instr.Store store) {
            store(function, store, state);
        } else if (instr instanceof Instr.Declare declare) {
            declare.lengths().forEach(l -> evaluator.value(l, state));
            state.assign(Place.of(declare.variable()), Value.UNSET);
        } else if (instr instanceof Instr.Eval eval) {
            evaluator.value(eval.value(), state);
        } else if (instr instanceof Instr.Asm asm && asm.isTrap()) {
            listener.halt(new Halt(function, asm.range(), state));
        } else if (instr instanceof Instr.Unread) {
            state.forgetAll();
        } else if (instr instanceof Instr.Call call) {
            return call(function, call, state);
        }
        return List.of(state);
    }

    private void store(Function function, Instr.Store store, State state) {
        Optional<Place> target = evaluator.place(store.place(), state);
        if (store.value() instanceof Expr.Aggregate aggregate) {
            target.ifPresent(t -> aggregate(t, aggregate, state));
            return;
        }
        if (store.value() instanceof Expr.Text && store.place().type().isArray()) {
            target.ifPresent(t -> state.assign(t, Value.UNKNOWN));
            return;
        }
        Value value =
                store.value().type().struct().isPresent()
                        ? whole(store.value(), state)
                        : evaluator.value(store.value(), state);
        if (target.isPresent()) {
            Place place = target.get();
            Value before = state.stored(place);
            wrote(function, store, store.range(), place, state);
            listener.store(
                    new StoreSite(
                            function,
                            store,
                            place,
                            index(store.place(), state),
                            before == null ? Value.UNKNOWN : before,
                            value,
                            state));
            copyParts(store.value(), place, value, state);
        }
    }

    private Value index(Expr place, State state) {
        return place instanceof Expr.Index element
                ? state.settle(evaluator.value(element.index(), state))
                : Value.UNKNOWN;
    }

    /** Tells of a write into an array of bytes and remembers it when others can see the array. */
    private void wrote(
            Function function, Instr instr, SourceRange where, Place place, State state) {
        Place array = place;
        while (array.path().endsWith("]")) {
            array = array.parent();
        }
        boolean passed = array.root() instanceof Place.Pointee && array.path().isEmpty();
        long element = element(array.type()).size();
        // Of what the library writes into only the address is known, when a caller passes it.
        if (element == 1 ? passed || array.type().isArray() : passed && element < 0) {
            Write write = new Write(array, function, where);
            listener.write(new WriteSite(function, instr, write, state));
            remember(write, state);
        }
    }

    private static CType element(CType type) {
        CType element = type.plain();
        while (element instanceof CType.Array array) {
            element = array.element().plain();
        }
        return element;
    }

    private static void remember(Write write, State state) {
        if (write.place().root() instanceof Place.Pointee
                || write.place().variable().filter(v -> v.isStatic()).isPresent()) {
            state.wrote(write);
        }
    }

    /** The value of a structure as one thing. */
    private Value whole(Expr e, State state) {
        return evaluator.place(e, state).map(p -> evaluator.load(p, state)).orElse(Value.UNKNOWN);
    }

    /** Stores a structure as a whole and in its parts. */
    void copy(Expr source, Place to, State state) {
        if (source instanceof Expr.Aggregate made) {
            aggregate(to, made, state);
        } else {
            copyParts(source, to, whole(source, state), state);
        }
    }

    private static boolean isStructure(Place place) {
        return place.type().struct().isPresent();
    }

    private void copyParts(Expr source, Place to, Value value, State state) {
        Optional<Place> from =
                source.type().struct().isPresent()
                        ? evaluator.place(source, state)
                        : Optional.empty();
        List<Map.Entry<Place, Value>> parts = new ArrayList<>();
        if (from.isPresent()) {
            state.forEachPart(
                    from.get(),
                    (place, part) -> {
                        if (!place.equals(from.get())) {
                            parts.add(Map.entry(place, part));
                        }
                    });
        }
        state.assign(to, value);
        state.assignAll(
                parts.stream()
                        .map(
                                part -> {
                                    Place at = part.getKey();
                                    String rest = at.path().substring(from.get().path().length());
                                    return Map.entry(
                                            new Place(to.root(), to.path() + rest),
                                            part.getValue());
                                })
                        .toList());
    }

    private void aggregate(Place target, Expr.Aggregate aggregate, State state) {
        List<Value> values = new ArrayList<>();
        for (Expr.Entry entry : aggregate.entries()) {
            boolean text =
                    entry.value() instanceof Expr.Text && target.at(entry.path()).type().isArray();
            values.add(text ? Value.UNKNOWN : evaluator.value(entry.value(), state));
        }
        state.assign(target, Value.ZERO);
        for (int i = 0; i < values.size(); i++) {
            Expr.Entry entry = aggregate.entries().get(i);
            if (entry.value().type().struct().isPresent()) {
                copyParts(
                        entry.value(), target.at(entry.path()), whole(entry.value(), state), state);
            } else {
                state.assign(target.at(entry.path()), values.get(i));
            }
        }
    }

    private List<State> call(Function function, Instr.Call call, State state) {
        List<Value> arguments = new ArrayList<>();
        int index = 0;
        for (Expr argument : call.arguments()) {
            arguments.add(argument(call, index++, argument, state));
        }
        Optional<Value> object = call.object().map(o -> evaluator.value(object(o, call), state));
        boolean named = call.target() instanceof Expr.FunctionRef;
        Value target = named ? Value.UNKNOWN : evaluator.value(call.target(), state);
        String key = target instanceof Value.FunctionAddress f ? f.key() : call.callee();
        Optional<Function> callee = program.function(key, call.range().file());
        Optional<SystemCall> contract = callee.isPresent() ? Optional.empty() : catalog.call(key);
        CallSite site =
                new CallSite(
                        function,
                        call,
                        contract,
                        List.copyOf(arguments),
                        object,
                        state,
                        p -> evaluator.load(p, state));
        listener.call(site);
        Place result = Evaluator.temporary(call.result());
        if (contract.isPresent()) {
            handleUses(site, contract.get());
            Sym status = systemCalls.apply(site, function.key());
            state.assign(result, Value.of(status));
            state.step(call.nameRange(), call.name() + State.CALLED);
            return List.of(state);
        }
        Summary summary = callee.map(summaries::get).orElse(null);
        if (summary != null) {
            return summarised(site, summary, object, result);
        }
        if (callee.isEmpty() && LibraryCalls.writesToFirst(call.name())) {
            Evaluator.pointee(site.argument(0), CType.UNKNOWN)
                    .ifPresent(p -> wrote(function, call, call.range(), p, state));
        }
        if (callee.isPresent()) {
            // A call in a circle, or a function too large to follow.
            state.forgetStatics();
        }
        object.flatMap(o -> Evaluator.pointee(o, CType.UNKNOWN))
                .ifPresent(p -> evaluator.overwritten(new Value.Address(p), state));
        new Externals(evaluator).apply(site, function.key(), result);
        return List.of(state);
    }

    /** Of a virtual call the object, when it cannot be of several classes. */
    private Expr object(Expr object, Instr.Call call) {
        boolean one =
                object instanceof Expr.Opaque
                        && object.parts().size() == 1
                        && program.hasOneImplementation(call.callee());
        return one ? object.parts().get(0) : object;
    }

    private Value argument(Instr.Call call, int index, Expr argument, State state) {
        if (argument instanceof Expr.Aggregate aggregate) {
            Place place =
                    new Place(
                            new Place.Nameless("a" + call.id() + "." + index, aggregate.type()),
                            "");
            aggregate(place, aggregate, state);
            return Value.UNKNOWN;
        }
        if (argument instanceof Expr.AddressOf address
                && address.place() instanceof Expr.Aggregate aggregate) {
            Place place =
                    new Place(
                            new Place.Nameless("a" + call.id() + "." + index, aggregate.type()),
                            "");
            aggregate(place, aggregate, state);
            return new Value.Address(place);
        }
        return argument.type().struct().isPresent()
                ? whole(argument, state)
                : evaluator.value(argument, state);
    }

    private void handleUses(CallSite site, SystemCall contract) {
        for (Effect effect : contract.effects()) {
            if (effect instanceof Effect.Uses use) {
                Value handle = site.handleAt(use.place());
                listener.handleUse(
                        new HandleUse(
                                site.function(),
                                "",
                                site.call().range(),
                                site.call().range(),
                                contract,
                                use,
                                false,
                                site.state().settle(handle),
                                site.state()));
                handle.symbol()
                        .filter(s -> s.kind() == Sym.Kind.INITIAL)
                        .filter(s -> !site.state().handles().containsKey(s))
                        .ifPresent(
                                s ->
                                        remember(
                                                site.function(),
                                                new Summary.Use(
                                                        s,
                                                        site.call().range(),
                                                        contract,
                                                        use,
                                                        isNotZero(s, site.state()))));
            }
        }
    }

    private static boolean isNotZero(Sym handle, State state) {
        return !state.set(handle).contains(0);
    }

    private void remember(Function function, Summary.Use use) {
        List<Summary.Use> known = uses.computeIfAbsent(function, f -> new ArrayList<>());
        if (known.size() < 32 && !known.contains(use)) {
            known.add(use);
        }
    }

    private List<State> summarised(
            CallSite site, Summary summary, Optional<Value> object, Place result) {
        if (summary.function().isMethod()) {
            // Its object may keep what it is given for longer than anybody looks.
            site.arguments().forEach(a -> evaluator.lost(a, site.state()));
        }
        if (isStructure(result)) {
            // What an earlier round of a loop returned.
            site.state().assign(result, Value.UNKNOWN);
        }
        SummaryUse use = new SummaryUse(evaluator, summary, site, object, site.function().key());
        for (Summary.Use inner : summary.uses()) {
            Value handle = site.state().settle(use.handle(inner));
            boolean mayBeAlive =
                    handle.symbol().filter(s -> !site.state().set(s).isOnly(0)).isPresent();
            if (inner.guarded() && !mayBeAlive) {
                // It is 0, or may be; then the function does not come to the call.
                continue;
            }
            listener.handleUse(
                    new HandleUse(
                            site.function(),
                            site.call().name(),
                            site.call().range(),
                            inner.where(),
                            inner.contract(),
                            inner.effect(),
                            inner.guarded(),
                            handle,
                            site.state()));
            handle.symbol()
                    .filter(s -> s.kind() == Sym.Kind.INITIAL)
                    .filter(s -> !site.state().handles().containsKey(s))
                    .ifPresent(
                            s ->
                                    remember(
                                            site.function(),
                                            new Summary.Use(
                                                    s,
                                                    inner.where(),
                                                    inner.contract(),
                                                    inner.effect(),
                                                    inner.guarded()
                                                            || isNotZero(s, site.state()))));
        }
        List<State> states = new ArrayList<>();
        for (SummaryUse.After after : use.apply()) {
            for (Write write : after.writes()) {
                listener.write(new WriteSite(site.function(), site.call(), write, site.state()));
                remember(write, after.state());
            }
            Value value = after.result();
            if (isStructure(result)) {
                states.add(after.state());
                continue;
            }
            if (value instanceof Value.Anything) {
                Sym sym =
                        new Sym(
                                site.function().key() + "#" + site.call().id() + ":result",
                                Sym.Kind.RESULT,
                                site.call().range(),
                                site.call().name(),
                                null);
                after.state().renew(sym);
                value = Value.of(sym);
            }
            after.state().assign(result, value);
            states.add(after.state());
        }
        if (states.size() > 1 && site.call().use() == Instr.ResultUse.USED) {
            // Which of them is the case may hang together with what the caller tests next.
            states.forEach(State::guess);
        }
        return states;
    }
}
