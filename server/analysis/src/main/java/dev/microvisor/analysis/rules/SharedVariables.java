package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Static variables that interrupt handlers write, and who else touches them. */
final class SharedVariables {
    private final Map<Variable, Function> handlerWrites = new LinkedHashMap<>();
    private final Map<Variable, List<Function>> readers = new HashMap<>();
    private final Map<Variable, List<Access>> stores = new HashMap<>();
    private final Set<Function> handlerCode = new LinkedHashSet<>();

    /** A store outside of handlers. */
    record Access(Function function, Instr.Store store) {}

    static SharedVariables of(Check check) {
        SharedVariables shared = new SharedVariables();
        CallGraph graph = check.facts().graph();
        for (Function handler : graph.interruptHandlers().values()) {
            shared.handlerCode.addAll(graph.reachable(handler));
        }
        for (Function function : check.program().functions()) {
            shared.read(function, shared.handlerCode.contains(function), graph);
        }
        return shared;
    }

    private void read(Function function, boolean handler, CallGraph graph) {
        boolean elsewhere =
                !handler || (!graph.callers(function).isEmpty() && calledOutside(function, graph));
        for (Block block : function.blocks()) {
            for (Instr instr : block.instructions()) {
                if (instr instanceof Instr.Store store
                        && store.place() instanceof Expr.Var v
                        && v.variable().isStatic()) {
                    if (handler) {
                        handlerWrites.putIfAbsent(v.variable(), function);
                    }
                    if (elsewhere) {
                        stores.computeIfAbsent(v.variable(), k -> new ArrayList<>())
                                .add(new Access(function, store));
                    }
                }
                if (elsewhere) {
                    reads(function, readExpressions(instr));
                }
            }
            if (elsewhere) {
                reads(function, block.exit().expressions());
            }
        }
    }

    private boolean calledOutside(Function function, CallGraph graph) {
        return graph.callers(function).stream().anyMatch(s -> !handlerCode.contains(s.caller()));
    }

    private static List<Expr> readExpressions(Instr instr) {
        if (instr instanceof Instr.Store store) {
            return store.place() instanceof Expr.Var
                    ? List.of(store.value())
                    : List.of(store.value(), store.place());
        }
        return instr.expressions();
    }

    private void reads(Function function, List<Expr> expressions) {
        for (Expr expression : expressions) {
            expression
                    .walk()
                    .filter(Expr.Var.class::isInstance)
                    .map(e -> ((Expr.Var) e).variable())
                    .filter(Variable::isStatic)
                    .forEach(v -> readers.computeIfAbsent(v, k -> new ArrayList<>()).add(function));
        }
    }

    Collection<Variable> writtenInHandlers() {
        return handlerWrites.keySet();
    }

    Optional<Function> handlerThatWrites(Variable variable) {
        return Optional.ofNullable(handlerWrites.get(variable));
    }

    Optional<Function> readerElsewhere(Variable variable) {
        return readers.getOrDefault(variable, List.of()).stream().findFirst();
    }

    List<Access> storesElsewhere(Variable variable) {
        return stores.getOrDefault(variable, List.of());
    }

    boolean isHandlerCode(Function function) {
        return handlerCode.contains(function);
    }
}
