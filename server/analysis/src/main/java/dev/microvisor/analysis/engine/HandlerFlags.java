package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Variables that interrupt handlers raise: the program may find another number there at every look,
 * also where somebody forgot to declare them volatile.
 *
 * <p>Only code that nothing but handlers leads to counts. What the program calls as well keeps its
 * own state, such as "already set up", and that is no message from a handler.
 */
final class HandlerFlags {
    private final Set<String> raised = new HashSet<>();

    HandlerFlags(CallGraph graph) {
        Set<Function> handlerCode = new HashSet<>();
        graph.interruptHandlers().values().forEach(h -> handlerCode.addAll(graph.reachable(h)));
        handlerCode.stream()
                .filter(f -> handlerCode.containsAll(callers(graph, f)))
                .flatMap(Function::stores)
                .forEach(this::read);
    }

    private static Set<Function> callers(CallGraph graph, Function function) {
        return graph.callers(function).stream()
                .map(CallGraph.Site::caller)
                .collect(Collectors.toSet());
    }

    /** A handler's own static variables tell nobody else anything. */
    private void read(Instr.Store store) {
        if (store.place() instanceof Expr.Var v
                && v.variable().isFileScope()
                && store.value().uncast() instanceof Expr.Num number
                && number.value() != 0) {
            raised.add(v.variable().key());
        }
    }

    boolean contains(Variable variable) {
        return raised.contains(variable.key());
    }
}
