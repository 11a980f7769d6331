package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Catalog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a program gets at the records of one ring: by index, through pointers and references, in
 * functions that get a record from others. A pointer leads into the ring unless everything it was
 * ever given is known and lies elsewhere.
 */
final class RingUse {
    private final Ring ring;
    private final Check check;

    RingUse(Ring ring, Check check) {
        this.ring = ring;
        this.check = check;
    }

    /**
     * A record of the ring where a function comes upon it.
     *
     * @param block the block it is in
     * @param instr the instruction; empty for the condition at the end of the block
     * @param root the whole expression that it is a part of
     * @param record the record itself
     */
    record Mention(Function function, Block block, Optional<Instr> instr, Expr root, Expr record) {}

    /**
     * The records that a function comes upon, in order; also those it only takes the address of.
     */
    List<Mention> mentions(Function function) {
        List<Mention> mentions = new ArrayList<>();
        for (Block block : function.blocks()) {
            for (Instr instr : block.instructions()) {
                for (Expr root : instr.expressions()) {
                    mentions(function, block, Optional.of(instr), root, mentions);
                }
            }
            for (Expr root : block.exit().expressions()) {
                mentions(function, block, Optional.empty(), root, mentions);
            }
        }
        return mentions;
    }

    /** The records that some code comes upon. */
    List<Mention> mentions(Set<Function> code) {
        return code.stream().flatMap(f -> mentions(f).stream()).toList();
    }

    /** The first of them. */
    Optional<Mention> first(Set<Function> code) {
        return code.stream().flatMap(f -> mentions(f).stream()).findFirst();
    }

    private void mentions(
            Function function,
            Block block,
            Optional<Instr> instr,
            Expr root,
            List<Mention> mentions) {
        root.walk()
                .filter(e -> isRecord(e, function))
                .forEach(e -> mentions.add(new Mention(function, block, instr, root, e)));
    }

    /** True for an expression that may be a record of the ring, not a copy of one. */
    boolean isRecord(Expr e, Function function) {
        Catalog catalog = check.catalog();
        if (e instanceof Expr.Index index && Centre.isRecord(e.type(), catalog)) {
            return leadsIn(index.base(), function, new HashSet<>());
        }
        return e instanceof Expr.Deref deref
                && Centre.isRecord(e.type(), catalog)
                && leadsIn(deref.pointer(), function, new HashSet<>());
    }

    /** True when a pointer may lead into the ring. */
    boolean leadsIn(Expr pointer, Function function) {
        return leadsIn(pointer, function, new HashSet<>());
    }

    private boolean leadsIn(Expr pointer, Function function, Set<Object> seen) {
        Expr p = pointer.uncast();
        if (p.type().isArray()) {
            Optional<Slot> slot = Slot.of(p);
            return slot.isEmpty() ? !(p instanceof Expr.Var) : slot.get().equals(ring.slot());
        }
        if (p instanceof Expr.AddressOf address) {
            return leadsToPlace(address.place().uncast(), function, seen);
        }
        if (Centre.isRecord(p.type(), check.catalog())) {
            // A cast to a reference.
            return leadsToPlace(p, function, seen);
        }
        if (p instanceof Expr.Binary sum) {
            Expr base = sum.left().type().target().isPresent() ? sum.left() : sum.right();
            return leadsIn(base, function, seen);
        }
        if (p instanceof Expr.Var v && v.variable().isAutomatic()) {
            return seen.add(List.of(function, v.variable()))
                    && localLeadsIn(v.variable(), function, seen);
        }
        if (p instanceof Expr.Temp temp) {
            List<Expr> given = given(temp, function);
            return seen.add(List.of(function, temp.id()))
                    && (given.isEmpty()
                            || given.stream().anyMatch(e -> leadsIn(e, function, seen)));
        }
        return !(p instanceof Expr.Num);
    }

    private boolean leadsToPlace(Expr place, Function function, Set<Object> seen) {
        if (place instanceof Expr.Index index) {
            return leadsIn(index.base(), function, seen);
        }
        if (place instanceof Expr.Deref deref) {
            return leadsIn(deref.pointer(), function, seen);
        }
        // A variable or a member is a copy, unless it is the ring itself.
        return ring.is(place);
    }

    private boolean localLeadsIn(Variable variable, Function function, Set<Object> seen) {
        List<Expr> given = given(variable, function);
        if (given.stream().anyMatch(e -> leadsIn(e, function, seen))) {
            return true;
        }
        if (variable.storage() != Variable.Storage.PARAMETER) {
            return given.isEmpty();
        }
        int index = function.parameters().indexOf(variable);
        List<CallGraph.Site> callers = check.facts().graph().callers(function);
        return index < 0
                || callers.isEmpty()
                || callers.stream()
                        .anyMatch(
                                s ->
                                        index >= s.call().arguments().size()
                                                || leadsIn(
                                                        s.call().arguments().get(index),
                                                        s.caller(),
                                                        seen));
    }

    /** True for {@code ring[0]} and {@code *ring}. */
    boolean isFirst(Expr record) {
        return record instanceof Expr.Deref deref
                ? ring.is(deref.pointer())
                : record instanceof Expr.Index index
                        && ring.is(index.base())
                        && isZero(index.index());
    }

    /** The same also through a local that never leads to another record. */
    boolean isFirst(Expr record, Function function) {
        return record instanceof Expr.Deref deref
                ? isStart(deref.pointer(), function)
                : record instanceof Expr.Index index
                        && isZero(index.index())
                        && isStart(index.base(), function);
    }

    private static boolean isZero(Expr index) {
        return index.uncast() instanceof Expr.Num zero && zero.value() == 0;
    }

    /** True for a pointer to the first record. */
    private boolean isStart(Expr pointer, Function function) {
        Expr p = pointer.uncast();
        if (p instanceof Expr.Var v && v.variable().storage() == Variable.Storage.LOCAL) {
            List<Expr> given = given(v.variable(), function);
            return !given.isEmpty() && given.stream().allMatch(this::isPlainStart);
        }
        if (p instanceof Expr.Var v && v.variable().storage() == Variable.Storage.PARAMETER) {
            return given(v.variable(), function).isEmpty() && getsStart(v.variable(), function);
        }
        return isPlainStart(p);
    }

    /** True for a parameter that every caller gives the first record, directly or by a local. */
    private boolean getsStart(Variable parameter, Function function) {
        int index = function.parameters().indexOf(parameter);
        List<CallGraph.Site> callers = check.facts().graph().callers(function);
        return index >= 0
                && !callers.isEmpty()
                && callers.stream().allMatch(s -> getsStart(s, index));
    }

    private boolean getsStart(CallGraph.Site site, int index) {
        if (index >= site.call().arguments().size()) {
            return false;
        }
        Expr argument = site.call().arguments().get(index).uncast();
        boolean local =
                argument instanceof Expr.Var v && v.variable().storage() == Variable.Storage.LOCAL;
        return local ? isStart(argument, site.caller()) : isPlainStart(argument);
    }

    private boolean isPlainStart(Expr pointer) {
        Expr p = pointer.uncast();
        return ring.is(p) || (p instanceof Expr.AddressOf a && isFirst(a.place()));
    }

    /** True when a function names the ring for its first record only. */
    boolean namesOnlyFirst(Function function) {
        long named = RecordReads.expressions(function).filter(ring::is).count();
        long first = RecordReads.expressions(function).filter(this::isFirst).count();
        long kept =
                function.stores()
                        .filter(s -> s.place() instanceof Expr.Var v && v.variable().isAutomatic())
                        .filter(s -> ring.is(s.value().uncast()))
                        .count();
        long handed =
                function.calls()
                        .filter(c -> check.program().function(c.callee()).isPresent())
                        .flatMap(c -> c.arguments().stream())
                        .filter(a -> ring.is(a.uncast()))
                        .count();
        return named == first + kept + handed;
    }

    /** Everything that a function stores to a local. */
    private static List<Expr> given(Variable variable, Function function) {
        return function.storesTo(variable).map(Instr.Store::value).toList();
    }

    private static List<Expr> given(Expr.Temp temp, Function function) {
        return function.stores()
                .filter(s -> s.place() instanceof Expr.Temp t && t.id() == temp.id())
                .map(Instr.Store::value)
                .toList();
    }

    /**
     * What keeps the place in the ring from one record to the next: static numbers and members that
     * records are found by, and static pointers that walk through the ring.
     */
    Set<Slot> positions(Set<Function> code) {
        Set<Slot> positions = new LinkedHashSet<>();
        for (Function function : code) {
            for (Mention mention : mentions(function)) {
                if (mention.record() instanceof Expr.Index index) {
                    index.index().walk().forEach(e -> slot(e, function, positions));
                    pointer(index.base(), function, positions);
                } else if (mention.record() instanceof Expr.Deref deref) {
                    pointer(deref.pointer(), function, positions);
                }
            }
        }
        positions.removeIf(p -> code.stream().noneMatch(f -> moves(f, p)));
        return positions;
    }

    private static boolean moves(Function function, Slot position) {
        return function.instructions().anyMatch(i -> moves(i, position));
    }

    /** True when an instruction changes a position. */
    static boolean moves(Instr instr, Slot position) {
        return instr instanceof Instr.Store store
                && Slot.of(store.place()).filter(position::equals).isPresent();
    }

    private void pointer(Expr pointer, Function function, Set<Slot> positions) {
        Deque<Expr> open = new ArrayDeque<>(List.of(pointer));
        Set<Variable> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Expr p = open.pop().uncast();
            if (p instanceof Expr.Binary sum) {
                sum.right().walk().forEach(e -> slot(e, function, positions));
                open.push(sum.left());
            } else if (p instanceof Expr.Var v && v.variable().isAutomatic()) {
                if (seen.add(v.variable())) {
                    given(v.variable(), function).forEach(open::push);
                }
            } else if (p.type().isPointer()) {
                Slot.of(p).filter(s -> !Slot.isOfLocal(p)).ifPresent(positions::add);
            }
        }
    }

    /** The slot itself, or the one that a local was read from. */
    private static void slot(Expr e, Function function, Set<Slot> positions) {
        Optional<Slot> slot = Slot.of(e);
        if (slot.isPresent()
                && !Slot.isOfLocal(e)
                && !e.type().isArray()
                && e.type().struct().isEmpty()) {
            positions.add(slot.get());
        } else if (e instanceof Expr.Var v && v.variable().isAutomatic()) {
            given(v.variable(), function)
                    .forEach(
                            given ->
                                    given.walk()
                                            .filter(
                                                    x ->
                                                            !(x instanceof Expr.Var l
                                                                    && l.variable().isAutomatic()))
                                            .forEach(x -> slot(x, function, positions)));
        }
    }

    /** True for a place that is declared volatile, or that a volatile structure holds. */
    static boolean isVolatile(Expr place) {
        if (place.type().isVolatile()) {
            return true;
        }
        if (place instanceof Expr.Field field) {
            return isVolatile(field.base());
        }
        return place instanceof Expr.Index index
                && index.base().type().isArray()
                && isVolatile(index.base());
    }
}
