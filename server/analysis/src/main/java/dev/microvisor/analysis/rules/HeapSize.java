package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The size of memory that a function takes from the heap. */
final class HeapSize {
    /** Functions that take one size in bytes and give memory that holds anything. */
    private static final Set<String> ALLOCATORS = Set.of("malloc", "pvPortMalloc");

    private HeapSize() {}

    /** The size asked for, when a variable never leads anywhere but to one such piece of memory. */
    static Optional<Expr> of(Variable pointer, Function function) {
        List<Instr.Store> stores = function.storesTo(pointer).toList();
        if (stores.size() != 1 || !(stores.get(0).value().uncast() instanceof Expr.Temp result)) {
            return Optional.empty();
        }
        return function.calls()
                .filter(c -> c.result().id() == result.id())
                .filter(c -> c.arguments().size() == 1 && ALLOCATORS.contains(c.name()))
                .map(c -> c.arguments().get(0))
                .findFirst();
    }
}
