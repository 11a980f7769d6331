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
            block.instructions().forEach(i -> all.addAll(Centre.expressions(i)));
            if (block.exit() instanceof Block.Exit.Branch branch) {
                all.add(branch.condition());
            } else if (block.exit() instanceof Block.Exit.Switch choice) {
                all.add(choice.value());
            } else if (block.exit() instanceof Block.Exit.Return ret) {
                ret.value().ifPresent(all::add);
            }
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

    /** True when something else gets the record's address or a copy of the whole record. */
    static boolean escapes(Collection<Function> functions, Catalog catalog) {
        return functions.stream()
                .flatMap(Function::calls)
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

    /** True when a function stores to the kind of an event. */
    static boolean clears(Function function) {
        return function.instructions()
                .anyMatch(
                        i ->
                                i instanceof Instr.Store s
                                        && s.place().walk().anyMatch(RecordReads::isType));
    }
}
