package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
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

    /** True when some function looks at the kind of an event; to clear it is not to look. */
    static boolean eventType(Collection<Function> functions) {
        return functions.stream()
                .flatMap(f -> f.blocks().stream())
                .flatMap(
                        b ->
                                Stream.concat(
                                        b.instructions().stream().flatMap(RecordReads::read),
                                        b.exit().expressions().stream()))
                .flatMap(Expr::walk)
                .anyMatch(RecordReads::isType);
    }

    private static Stream<Expr> read(Instr instr) {
        return instr instanceof Instr.Store store
                ? Stream.concat(Stream.of(store.value()), store.place().parts().stream())
                : instr.expressions().stream();
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
     * True when an instruction may clear a record of this ring: it stores to the kind of an event,
     * or a whole record, in the ring or through something that may lead there, or hands the ring
     * on. A copy that is cleared counts: that mistake has a rule of its own.
     *
     * @param startsIt true in functions that also make the centre
     */
    static boolean clears(
            Instr instr, Function function, Ring ring, RingUse use, boolean startsIt, Check check) {
        Catalog catalog = check.catalog();
        if (instr instanceof Instr.Call call) {
            return call.arguments().stream()
                            .anyMatch(
                                    a ->
                                            a.type().target().isPresent()
                                                    && mentions(a, function, ring, use))
                    && mayClear(call, startsIt, check);
        }
        if (!(instr instanceof Instr.Store store) || store.place() instanceof Expr.Var) {
            return false;
        }
        if (isType(store.place())) {
            Expr record = ((Expr.Field) store.place()).base();
            return use.isRecord(record, function) || isCopy(record, function, ring, use);
        }
        return Centre.isRecord(store.place().type(), catalog)
                && use.isRecord(store.place(), function);
    }

    /** True for a local that a record of the ring, or one that nobody knows, was copied to. */
    private static boolean isCopy(Expr record, Function function, Ring ring, RingUse use) {
        if (!(record instanceof Expr.Var v) || !v.variable().isAutomatic()) {
            return !(record instanceof Expr.Var
                    || record instanceof Expr.Field
                    || record instanceof Expr.Index
                    || record instanceof Expr.Deref);
        }
        List<Expr> origins = function.storesTo(v.variable()).map(Instr.Store::value).toList();
        return origins.isEmpty()
                || origins.stream().anyMatch(o -> mentions(o, function, ring, use));
    }

    private static boolean mentions(Expr e, Function function, Ring ring, RingUse use) {
        return e.walk().anyMatch(x -> ring.is(x) || use.isRecord(x, function));
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
}
