package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the paths showed of the whole program. Complete when the engine has ended. */
public final class Facts {
    private final CallGraph graph;
    private final Vectors vectors;
    private final Map<Instr.Call, SystemCallFact> calls = new LinkedHashMap<>();
    private final Map<Instr.Call, Map<Object, SystemCallFact>> inContexts = new LinkedHashMap<>();

    /** What rules ask for again and again; null until one does. */
    private List<SystemCallFact> allInContext;

    private final Map<Function, String> statusResults = new LinkedHashMap<>();
    private final Map<Function, Set<Place>> statusOutputs = new LinkedHashMap<>();
    private final Set<Function> neverReturn = new LinkedHashSet<>();
    private final Map<Function, Map<Integer, ValueSet>> asserted = new LinkedHashMap<>();

    /**
     * A system call with what its contract's places held, on the first path that reached it.
     *
     * @param places values by contract path, such as {@code notifications.irq}
     */
    public record SystemCallFact(
            Function function, Instr.Call call, SystemCall contract, Map<String, Value> places) {
        /** The call tells nearly all from each other; a contract is a whole page to go through. */
        @Override
        public int hashCode() {
            return call.hashCode();
        }
    }

    Facts(Program program, Vectors vectors) {
        this.vectors = vectors;
        this.graph = new CallGraph(program, vectors);
    }

    public CallGraph graph() {
        return graph;
    }

    public Vectors vectors() {
        return vectors;
    }

    void add(SystemCallFact fact) {
        allInContext = null;
        calls.putIfAbsent(fact.call(), fact);
    }

    /** The same with what one of the function's callers gave it. */
    void addInContext(Object context, SystemCallFact fact) {
        allInContext = null;
        inContexts
                .computeIfAbsent(fact.call(), c -> new LinkedHashMap<>())
                .putIfAbsent(context, fact);
    }

    void statusResult(Function function, String call, Set<Place> outputs) {
        statusOutputs.putIfAbsent(function, Set.copyOf(outputs));
        statusResults.putIfAbsent(function, call);
    }

    /** The system call whose outcome a function's result tells; empty when it tells none. */
    public Optional<String> statusResult(Function function) {
        return Optional.ofNullable(statusResults.get(function));
    }

    /**
     * Where a function whose result tells of a status leaves it besides: behind parameters, in
     * static variables, in members.
     */
    public Set<Place> statusOutputs(Function function) {
        return statusOutputs.getOrDefault(function, Set.of());
    }

    void neverReturns(Function function) {
        neverReturn.add(function);
    }

    /** True when every path of a function ends in a stop or an endless loop. */
    public boolean isNeverReturning(Function function) {
        return neverReturn.contains(function);
    }

    void asserts(Function function, Summary summary) {
        Map<Integer, ValueSet> demands = new LinkedHashMap<>();
        for (int i = 0; i < function.parameters().size(); i++) {
            Sym parameter = Sym.initial(Place.of(function.parameters().get(i)));
            ValueSet left = ValueSet.ofBits(0);
            for (Summary.Exit exit : summary.exits()) {
                left = left.or(exit.sets().getOrDefault(parameter, ValueSet.ALL));
            }
            if (!left.isEmpty() && !left.equals(ValueSet.ALL)) {
                demands.put(i, left);
            }
        }
        if (!demands.isEmpty()) {
            asserted.put(function, demands);
        }
    }

    /**
     * What a function demands of its parameters, by their index: with another value it does not
     * return.
     */
    public Map<Integer, ValueSet> asserted(Function function) {
        return asserted.getOrDefault(function, Map.of());
    }

    /** System calls that some path reaches, in the order of the program. */
    public List<SystemCallFact> systemCalls() {
        return new ArrayList<>(calls.values());
    }

    /**
     * The same, but one that takes its values from the callers of its function once for each way of
     * calling it.
     */
    public List<SystemCallFact> systemCallsInContext() {
        if (allInContext == null) {
            allInContext = List.copyOf(collectInContext());
        }
        return allInContext;
    }

    private List<SystemCallFact> collectInContext() {
        List<SystemCallFact> all = new ArrayList<>();
        calls.forEach(
                (call, fact) ->
                        all.addAll(
                                new LinkedHashSet<>(
                                        inContexts
                                                .getOrDefault(call, Map.of(call, fact))
                                                .values())));
        return all;
    }
}
