package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
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

/**
 * Static numbers and pointers, and those in structures, that interrupt handlers write, and who else
 * touches them.
 */
final class SharedVariables {
    private final Check check;
    private final Map<Slot, Access> handlerWrites = new LinkedHashMap<>();
    private final Map<Slot, List<Access>> readers = new HashMap<>();
    private final Map<Slot, List<Access>> stores = new HashMap<>();
    private final Map<Slot, List<Access>> addresses = new HashMap<>();
    private final Set<Function> handlerCode = new LinkedHashSet<>();
    private final ObjectsMeant objects;

    /**
     * A use of a slot.
     *
     * @param instr empty for the condition at the end of a block
     */
    record Access(Function function, Block block, Optional<Instr> instr, Expr place) {

        /** True when the compiler must not keep what it read. */
        boolean isVolatile() {
            return RingUse.isVolatile(place);
        }
    }

    private SharedVariables(Check check) {
        this.check = check;
        this.objects = new ObjectsMeant(check);
    }

    static SharedVariables of(Check check) {
        SharedVariables shared = new SharedVariables(check);
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
                    Optional<Slot> slot = slot(store.place());
                    Access access = new Access(function, block, Optional.of(instr), store.place());
                    if (handler) {
                        // Of the objects that handlers write to, one that is not volatile decides.
                        slot.ifPresent(
                                s ->
                                        handlerWrites.merge(
                                                s,
                                                access,
                                                (a, b) -> isInVolatile(a.place()) ? b : a));
                    }
                    if (elsewhere) {
                        slot.ifPresent(s -> add(stores, s, access));
                    }
                }
                if (elsewhere) {
                    readExpressions(instr)
                            .forEach(e -> reads(function, block, Optional.of(instr), e));
                }
            }
            if (elsewhere) {
                block.exit()
                        .expressions()
                        .forEach(e -> reads(function, block, Optional.empty(), e));
            }
        }
    }

    private static void add(Map<Slot, List<Access>> to, Slot slot, Access access) {
        to.computeIfAbsent(slot, k -> new ArrayList<>()).add(access);
    }

    private boolean calledOutside(Function function, CallGraph graph) {
        return graph.callers(function).stream().anyMatch(s -> !handlerCode.contains(s.caller()));
    }

    private static List<Expr> readExpressions(Instr instr) {
        if (instr instanceof Instr.Store store) {
            List<Expr> read = new ArrayList<>(List.of(store.value()));
            read.addAll(store.place().parts());
            return read;
        }
        return instr.expressions();
    }

    private void reads(Function function, Block block, Optional<Instr> instr, Expr e) {
        if (e instanceof Expr.AddressOf address) {
            slot(address.place())
                    .ifPresent(
                            s ->
                                    add(
                                            addresses,
                                            s,
                                            new Access(function, block, instr, address.place())));
            address.place().parts().forEach(p -> reads(function, block, instr, p));
            return;
        }
        slot(e).ifPresent(s -> add(readers, s, new Access(function, block, instr, e)));
        e.parts().forEach(p -> reads(function, block, instr, p));
    }

    /** The slot of a number or a pointer that lasts as long as the program. */
    private Optional<Slot> slot(Expr place) {
        boolean scalar = place.type().plain() instanceof CType.Int || place.type().isPointer();
        return scalar && !Slot.isOfLocal(place) && !Centre.isRecordField(place, check.catalog())
                ? Slot.of(place)
                : Optional.empty();
    }

    Collection<Slot> writtenInHandlers() {
        return handlerWrites.keySet();
    }

    Optional<Access> writeInHandler(Slot slot) {
        return Optional.ofNullable(handlerWrites.get(slot));
    }

    /** The first read outside of handlers that may be of the object that a handler writes to. */
    Optional<Access> plainReadElsewhere(Slot slot) {
        Access write = handlerWrites.get(slot);
        if (isInVolatile(write.place())) {
            return Optional.empty();
        }
        return readers.getOrDefault(slot, List.of()).stream()
                .filter(r -> !r.isVolatile() && !isDefinedVolatile(r.place()))
                // What handlers call themselves does not wait for them; it may only meet them.
                .filter(r -> !handlerCode.contains(r.function()))
                .filter(r -> mayBeOneObject(write, r))
                .findFirst();
    }

    /** True for members and elements of a variable that is volatile as a whole: no copy is one. */
    private static boolean isInVolatile(Expr place) {
        Expr at = place;
        boolean whole = false;
        while (at instanceof Expr.Field || at instanceof Expr.Index) {
            at = at.parts().get(0).uncast();
            whole = true;
        }
        return whole && at instanceof Expr.Var v && v.type().isVolatile();
    }

    private boolean isDefinedVolatile(Expr place) {
        return place.uncast() instanceof Expr.Var v
                && check.program().definition(v.variable()).type().isVolatile();
    }

    /** Two members of one type may still be of different objects, if both are known. */
    private boolean mayBeOneObject(Access inHandler, Access elsewhere) {
        Optional<Set<Variable>> written =
                objects.of(inHandler.place(), inHandler.function(), handlerCode::contains);
        Optional<Set<Variable>> read =
                objects.of(elsewhere.place(), elsewhere.function(), f -> !handlerCode.contains(f));
        return written.isEmpty()
                || read.isEmpty()
                || written.get().stream().anyMatch(read.get()::contains);
    }

    List<Access> storesElsewhere(Slot slot) {
        return stores.getOrDefault(slot, List.of());
    }

    /** Where code outside of handlers takes the address of a slot. */
    List<Access> addressesElsewhere(Slot slot) {
        return addresses.getOrDefault(slot, List.of());
    }

    boolean isHandlerCode(Function function) {
        return handlerCode.contains(function);
    }

    /** The name in the declaration of a slot, and what it is called. */
    static Optional<SourceRange> declared(Slot slot, Expr place, Check check) {
        if (slot.member() != null) {
            return Optional.of(slot.member());
        }
        Variable definition = check.program().definition(((Expr.Var) place.uncast()).variable());
        return definition.declaration().definition()
                ? Optional.ofNullable(definition.declaration().name())
                : Optional.empty();
    }
}
