package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Catalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How functions look at notification records. */
final class RecordReads {
    private RecordReads() {}

    /** Every expression of a function, conditions and results included. */
    static Stream<Expr> expressions(Function function) {
        List<Expr> all = new ArrayList<>();
        for (Block block : function.blocks()) {
            block.instructions().forEach(i -> all.addAll(i.expressions()));
            all.addAll(block.exit().expressions());
        }
        return all.stream().flatMap(Expr::walk);
    }

    /** The first read of the ring in a function. */
    static Optional<Expr> ring(Function function, Variable ring) {
        return expressions(function)
                .filter(e -> e instanceof Expr.Var v && v.variable().equals(ring))
                .findFirst();
    }

    /** True when some function looks at the kind of an event. */
    static boolean eventType(Collection<Function> functions) {
        return functions.stream().flatMap(RecordReads::expressions).anyMatch(RecordReads::isType);
    }

    /** True for {@code record.event_type}. */
    static boolean isType(Expr e) {
        return e instanceof Expr.Field f && f.name().equals("event_type");
    }

    /** True when code that is not here gets the record's address or a copy of the whole record. */
    static boolean escapes(Collection<Function> functions, Check check) {
        Catalog catalog = check.catalog();
        return functions.stream()
                .flatMap(Function::calls)
                .filter(c -> check.program().function(c.callee()).isEmpty())
                .flatMap(c -> c.arguments().stream())
                .map(Expr::uncast)
                .anyMatch(
                        e ->
                                Centre.isRecord(e.type(), catalog)
                                        || e.type()
                                                .target()
                                                .filter(t -> Centre.isRecord(t, catalog))
                                                .isPresent());
    }

    /**
     * True when a function may clear a record of this ring: it stores to the kind of an event, or a
     * whole record, in the ring or through something that may lead there, or hands the ring on.
     *
     * @param startsIt true for functions that also make the centre
     */
    static boolean clears(Function function, Variable ring, boolean startsIt, Check check) {
        return function.instructions().anyMatch(i -> clears(i, function, ring, startsIt, check));
    }

    private static boolean clears(
            Instr instr, Function function, Variable ring, boolean startsIt, Check check) {
        Catalog catalog = check.catalog();
        if (instr instanceof Instr.Call call) {
            return call.arguments().stream()
                            .anyMatch(a -> a.type().target().isPresent() && mentions(a, ring))
                    && mayClear(call, startsIt, check);
        }
        if (!(instr instanceof Instr.Store store)
                || store.place() instanceof Expr.Var
                || !(isType(store.place()) || Centre.isRecord(store.place().type(), catalog))) {
            return false;
        }
        Optional<Variable> root = root(store.place());
        return root.isEmpty() || leadsTo(root.get(), function, ring);
    }

    /** True when a call that gets the ring may write its records. */
    private static boolean mayClear(Instr.Call call, boolean startsIt, Check check) {
        Optional<Function> callee = check.program().function(call.callee());
        if (callee.isEmpty()) {
            // Zeros before Microvisor gets the ring clear nothing that came from it.
            return !startsIt && check.catalog().call(call.callee()).isEmpty();
        }
        return check.facts().graph().reachable(callee.get()).stream()
                .flatMap(Function::instructions)
                .anyMatch(
                        i ->
                                i instanceof Instr.Store s
                                        && !(s.place() instanceof Expr.Var)
                                        && (isType(s.place())
                                                || Centre.isRecord(
                                                        s.place().type(), check.catalog())));
    }

    /** True unless the variable is another array, or a local that only ever led to other arrays. */
    private static boolean leadsTo(Variable variable, Function function, Variable ring) {
        if (variable.equals(ring)) {
            return true;
        }
        if (!variable.isAutomatic()) {
            return variable.type().target().isPresent() && !variable.type().isArray();
        }
        if (variable.storage() == Variable.Storage.PARAMETER) {
            return true;
        }
        List<Expr> origins =
                function.instructions()
                        .filter(Instr.Store.class::isInstance)
                        .map(Instr.Store.class::cast)
                        .filter(s -> s.place() instanceof Expr.Var)
                        .filter(s -> ((Expr.Var) s.place()).variable().equals(variable))
                        .map(Instr.Store::value)
                        .toList();
        return origins.isEmpty()
                || origins.stream().anyMatch(o -> mentions(o, ring) || !isOfStaticArray(o));
    }

    private static boolean isOfStaticArray(Expr e) {
        return root(e).filter(v -> v.isStatic() && v.type().isArray()).isPresent();
    }

    private static boolean mentions(Expr e, Variable variable) {
        return e.walk().anyMatch(x -> x instanceof Expr.Var v && v.variable().equals(variable));
    }

    /** The variable that a place, or an address made of one, starts from. */
    private static Optional<Variable> root(Expr e) {
        Expr at = e.uncast();
        if (at instanceof Expr.Var v) {
            return Optional.of(v.variable());
        } else if (at instanceof Expr.Field f) {
            return root(f.base());
        } else if (at instanceof Expr.Index i) {
            return root(i.base());
        } else if (at instanceof Expr.Deref d) {
            return root(d.pointer());
        } else if (at instanceof Expr.AddressOf a) {
            return root(a.place());
        } else if (at instanceof Expr.Binary b) {
            return root(b.left());
        }
        return Optional.empty();
    }
}
