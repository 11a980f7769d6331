package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Static variables and members that interrupt handlers write, and who else touches them. */
final class SharedVariables {
    private final Map<Slot, Access> handlerWrites = new LinkedHashMap<>();
    private final Map<Slot, List<Read>> readers = new HashMap<>();
    private final Map<Slot, List<Access>> stores = new HashMap<>();
    private final Set<Function> handlerCode = new LinkedHashSet<>();

    /** A store. */
    record Access(Function function, Instr.Store store) {}

    /** A place where the value is read. */
    record Read(Function function, Expr expression) {}

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
                if (instr instanceof Instr.Store store) {
                    Slot.of(store.place())
                            .ifPresent(s -> stored(s, function, store, handler, elsewhere));
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

    private void stored(
            Slot slot, Function function, Instr.Store store, boolean handler, boolean elsewhere) {
        if (handler) {
            handlerWrites.putIfAbsent(slot, new Access(function, store));
        }
        if (elsewhere) {
            stores.computeIfAbsent(slot, k -> new ArrayList<>()).add(new Access(function, store));
        }
    }

    private boolean calledOutside(Function function, CallGraph graph) {
        return graph.callers(function).stream().anyMatch(s -> !handlerCode.contains(s.caller()));
    }

    private static List<Expr> readExpressions(Instr instr) {
        if (instr instanceof Instr.Store store) {
            return Slot.of(store.place()).isPresent()
                    ? List.of(store.value())
                    : List.of(store.value(), store.place());
        }
        return instr.expressions();
    }

    private void reads(Function function, List<Expr> expressions) {
        for (Expr expression : expressions) {
            expression
                    .walk()
                    .forEach(
                            e ->
                                    Slot.of(e)
                                            .ifPresent(
                                                    s ->
                                                            readers.computeIfAbsent(
                                                                            s,
                                                                            k -> new ArrayList<>())
                                                                    .add(new Read(function, e))));
        }
    }

    Collection<Slot> writtenInHandlers() {
        return handlerWrites.keySet();
    }

    /** A store in a handler. */
    Optional<Access> storeInHandler(Slot slot) {
        return Optional.ofNullable(handlerWrites.get(slot));
    }

    List<Read> readsElsewhere(Slot slot) {
        return readers.getOrDefault(slot, List.of());
    }

    List<Access> storesElsewhere(Slot slot) {
        return stores.getOrDefault(slot, List.of());
    }

    boolean isHandlerCode(Function function) {
        return handlerCode.contains(function);
    }
}
