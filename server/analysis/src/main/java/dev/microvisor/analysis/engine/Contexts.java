package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What callers hand to functions that make system calls: a wrapper takes its buffers, lengths and
 * interrupts from them, and only with these its calls can be held against their contracts.
 */
final class Contexts {
    /** Different ways of calling one function that are looked at. */
    private static final int MAX_CONTEXTS = 6;

    /** Rows of a table that are looked at one by one. */
    private static final int MAX_ROWS = 16;

    /** Places behind the arguments of one call. */
    private static final int MAX_PLACES = 120;

    private final Program program;
    private final Set<Function> relevant = new HashSet<>();
    private final Map<Function, List<Context>> contexts = new LinkedHashMap<>();

    /** By what decides the row of a table how many there are. */
    private final Map<Function, Map<Sym, Long>> tables = new HashMap<>();

    /**
     * One way of calling a function.
     *
     * @param arguments values by parameter, those that mean the same in the function
     * @param object what points at the object of a method, when that does
     * @param memory what the caller stored behind them
     */
    record Context(
            Map<Integer, Value> arguments,
            Optional<Value> object,
            Map<Place, Value> memory,
            SourceRange where) {
        boolean isSame(Context other) {
            return arguments.equals(other.arguments)
                    && object.equals(other.object)
                    && memory.equals(other.memory);
        }

        /** The function's state when it is called like this. */
        State start(Function function) {
            State state = new State();
            memory.forEach(state::assign);
            arguments.forEach(
                    (index, value) ->
                            state.assign(Place.of(function.parameters().get(index)), value));
            object.ifPresent(
                    o -> function.self().ifPresent(self -> state.assign(Place.of(self), o)));
            state.step(where, "called like this");
            return state;
        }
    }

    /**
     * @param bottomUp the program's functions, callees first
     */
    Contexts(Program program, Catalog catalog, CallGraph graph, List<Function> bottomUp) {
        this.program = program;
        for (Function function : bottomUp) {
            boolean calls =
                    function.calls()
                            .anyMatch(
                                    c ->
                                            program.function(c.callee()).isEmpty()
                                                    && catalog.call(c.callee()).isPresent());
            if (calls || graph.callees(function).stream().anyMatch(relevant::contains)) {
                relevant.add(function);
            }
        }
    }

    /** A function reads a row of a constant table which something decides that is not known. */
    void row(Function function, Sym index, long rows) {
        if (rows > 0 && rows <= MAX_ROWS && relevant.contains(function)) {
            tables.computeIfAbsent(function, f -> new LinkedHashMap<>()).putIfAbsent(index, rows);
        }
    }

    /** Looks at a function row by row, where no caller tells which one it reads. */
    void addRows(Function function) {
        tables.getOrDefault(function, Map.of())
                .forEach(
                        (index, rows) -> {
                            List<Context> known =
                                    contexts.computeIfAbsent(function, f -> new ArrayList<>());
                            if (known.stream().noneMatch(c -> tells(c, index, function))) {
                                for (long row = 0; row < rows; row++) {
                                    known.add(ofRow(function, index, row));
                                }
                            }
                        });
    }

    private static Context ofRow(Function function, Sym index, long row) {
        Map<Place, Value> memory = Map.of(index.place(), new Value.Num(row));
        return new Context(Map.of(), Optional.empty(), memory, function.nameRange());
    }

    private static boolean tells(Context context, Sym index, Function function) {
        int parameter =
                index.place().variable().map(v -> function.parameters().indexOf(v)).orElse(-1);
        return context.memory().containsKey(index.place())
                || (index.place().path().isEmpty() && context.arguments().containsKey(parameter));
    }

    /** Looks at a function also with what pointers always lead to. */
    void pointing(Function function) {
        if (relevant.contains(function)) {
            List<Context> known = contexts.computeIfAbsent(function, f -> new ArrayList<>());
            if (known.isEmpty()) {
                known.add(new Context(Map.of(), Optional.empty(), Map.of(), function.nameRange()));
            }
        }
    }

    /** The ways met so far; a function that calls itself adds to them while it is looked at. */
    List<Context> of(Function function) {
        return List.copyOf(contexts.getOrDefault(function, List.of()));
    }

    /** A path calls a function of the program. */
    void called(CallSite site) {
        Optional<Function> callee =
                program.function(site.call().callee(), site.call().range().file());
        if (callee.isEmpty()
                || !relevant.contains(callee.get())
                || callee.get().parameters().size() < site.arguments().size()) {
            return;
        }
        Map<Integer, Value> arguments = new LinkedHashMap<>();
        for (int i = 0; i < site.arguments().size(); i++) {
            Value value = site.state().settle(site.argument(i));
            if (isPortable(value)) {
                arguments.put(i, value);
            }
        }
        Optional<Value> object =
                site.object().map(o -> site.state().settle(o)).filter(Contexts::isPortable);
        if (arguments.isEmpty() && object.isEmpty()) {
            return;
        }
        List<Context> known = contexts.computeIfAbsent(callee.get(), f -> new ArrayList<>());
        List<Value> handed = new ArrayList<>(arguments.values());
        object.ifPresent(handed::add);
        Context context = new Context(arguments, object, memory(handed, site), site.call().range());
        if (known.size() < MAX_CONTEXTS && known.stream().noneMatch(context::isSame)) {
            known.add(context);
        }
    }

    /** Numbers, addresses, handles, and what static variables hold mean the same everywhere. */
    private static boolean isPortable(Value value) {
        return value instanceof Value.Num
                || value instanceof Value.FunctionAddress
                || (value instanceof Value.Address a
                        && !(a.place().root() instanceof Place.Pointee))
                || isHandle(value)
                || (value instanceof Value.Pending p && isHandle(p.then()))
                || value.symbol()
                        .filter(s -> s.kind() == Sym.Kind.INITIAL)
                        .flatMap(s -> s.place().variable())
                        .filter(v -> v.isStatic())
                        .isPresent();
    }

    /** Which call gave a handle stays true, too. */
    private static boolean isHandle(Value value) {
        return value.symbol().filter(s -> s.kind() == Sym.Kind.HANDLE).isPresent();
    }

    /** What is stored behind the arguments, as far as addresses lead. */
    private static Map<Place, Value> memory(List<Value> handed, CallSite site) {
        Map<Place, Value> memory = new LinkedHashMap<>();
        Deque<Place> open = new ArrayDeque<>();
        Set<Place> seen = new HashSet<>();
        handed.forEach(v -> v.target().ifPresent(open::push));
        while (!open.isEmpty()) {
            Place whole = open.pop();
            if (!seen.add(whole) || whole.variable().filter(v -> v.isStatic()).isPresent()) {
                continue;
            }
            // Wholes before their parts: a later store of the whole would wipe these out.
            List<Map.Entry<Place, Value>> parts = new ArrayList<>();
            site.state()
                    .forEachPart(
                            whole,
                            (place, value) ->
                                    parts.add(Map.entry(place, site.state().settle(value))));
            for (Map.Entry<Place, Value> part : parts) {
                Value value = isPortable(part.getValue()) ? part.getValue() : Value.UNKNOWN;
                if (memory.size() < MAX_PLACES) {
                    memory.put(part.getKey(), value);
                    value.target().ifPresent(open::push);
                }
            }
        }
        return memory;
    }
}
