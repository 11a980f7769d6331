package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which numbers index which arrays of notification records, and where they wrap. */
final class RingIndexes {
    private final Check check;

    /** The arrays that each index is used with, by the index's place. */
    private final Map<Object, Set<Array>> arrays = new HashMap<>();

    /** How many locals a number may go through on its way. */
    private static final int MAX_COPIES = 3;

    /**
     * An array of records.
     *
     * @param variable the array, when it is a variable of its own
     * @param declared where its name is declared
     * @param text the array as the program writes it
     */
    record Array(
            Optional<Variable> variable,
            SourceRange declared,
            String name,
            String text,
            long count) {

        /** True when a text in the file can name the array. */
        boolean isVisibleIn(Path file) {
            return variable.filter(Variable::isFileScope).isPresent()
                    && declared.file().equals(file);
        }
    }

    /**
     * A place where an index starts again.
     *
     * @param bound the number of records that are walked
     * @param number the text that gives the bound as it is; empty when it is computed from another
     */
    record Wrap(Array ring, long bound, SourceRange where, Optional<SourceRange> number) {}

    RingIndexes(Check check) {
        this.check = check;
        for (Function function : check.program().functions()) {
            RecordReads.expressions(function).forEach(e -> element(e, function));
        }
    }

    /** {@code ring[at]}: the index belongs to the ring. */
    private void element(Expr e, Function function) {
        if (e instanceof Expr.Index index) {
            array(index.base()).ifPresent(a -> use(index.index(), a, function, 0));
        } else if (e instanceof Expr.Binary sum && sum.op().equals("+")) {
            array(sum.left()).ifPresent(a -> use(sum.right(), a, function, 0));
        }
    }

    private void use(Expr index, Array array, Function function, int copies) {
        Expr e = index.uncast();
        key(e).ifPresent(k -> arrays.computeIfAbsent(k, x -> new HashSet<>()).add(array));
        if (e instanceof Expr.Binary wrapped
                && (wrapped.op().equals("%") || wrapped.op().equals("&"))) {
            use(wrapped.left(), array, function, copies);
        }
        if (e instanceof Expr.Var v && v.variable().isAutomatic() && copies < MAX_COPIES) {
            // The position is kept elsewhere: at = next; …ring[at]…; next = (at + 1) % 8.
            function.storesTo(v.variable())
                    .map(s -> s.value().uncast())
                    .filter(x -> x instanceof Expr.Var || x instanceof Expr.Field)
                    .forEach(x -> use(x, array, function, copies + 1));
        }
    }

    /** Where an index is kept: a slot, or a local. */
    private static Optional<Object> key(Expr place) {
        Expr e = place.uncast();
        if (e instanceof Expr.Var v) {
            return Optional.of(v.variable().key());
        }
        return Slot.isOfLocal(e) ? Optional.empty() : Slot.of(e).map(s -> s);
    }

    /** The array of records that an expression is. */
    private Optional<Array> array(Expr base) {
        Expr e = base.uncast();
        if (!(e.type().plain() instanceof CType.Array array)
                || !Centre.isRecord(array.element(), check.catalog())) {
            return Optional.empty();
        }
        if (e instanceof Expr.Var v) {
            Variable whole = check.program().definition(v.variable());
            long count = whole.type().plain() instanceof CType.Array a ? a.count() : -1;
            return Optional.ofNullable(whole.declaration().name())
                    .map(d -> new Array(Optional.of(whole), d, whole.name(), whole.name(), count));
        }
        return Slot.of(e)
                .map(Slot::member)
                .map(
                        d ->
                                new Array(
                                        Optional.empty(),
                                        d,
                                        ((Expr.Field) e).name(),
                                        check.text(e.range()),
                                        array.count()));
    }

    /** The array that an index belongs to, when it is one. */
    private Optional<Array> ringOf(Expr index) {
        Set<Array> used = key(index).map(k -> arrays.getOrDefault(k, Set.of())).orElse(Set.of());
        long counts = used.stream().mapToLong(Array::count).distinct().count();
        return counts == 1 ? used.stream().findFirst() : Optional.empty();
    }

    /** The places where a function lets an index start again. */
    List<Wrap> wraps(Function function) {
        List<Wrap> wraps = new ArrayList<>();
        for (Block block : function.blocks()) {
            for (Instr instr : block.instructions()) {
                if (instr instanceof Instr.Store store) {
                    ringOf(store.place())
                            .flatMap(r -> wrap(store.value(), store.range(), r))
                            .ifPresent(wraps::add);
                }
            }
            if (block.exit() instanceof Block.Exit.Branch branch
                    && branch.condition() instanceof Expr.Binary test) {
                reset(branch, test).ifPresent(wraps::add);
            }
        }
        RecordReads.expressions(function).forEach(e -> wrappedInPlace(e, wraps));
        return wraps;
    }

    /** {@code ring[at % 8]}. */
    private void wrappedInPlace(Expr e, List<Wrap> wraps) {
        if (e instanceof Expr.Index index) {
            array(index.base())
                    .flatMap(a -> wrap(index.index(), index.index().range(), a))
                    .ifPresent(wraps::add);
        }
    }

    private static Optional<Wrap> wrap(Expr value, SourceRange where, Array ring) {
        if (!(value.uncast() instanceof Expr.Binary op)
                || !(op.right().uncast() instanceof Expr.Num number)
                || number.value() <= 0) {
            return Optional.empty();
        }
        return switch (op.op()) {
            case "%" ->
                    Optional.of(
                            new Wrap(ring, number.value(), where, Optional.of(op.right().range())));
            case "&" -> Optional.of(new Wrap(ring, number.value() + 1, where, Optional.empty()));
            default -> Optional.empty();
        };
    }

    /** {@code if (++index >= N) index = 0}, {@code index + 1 < N ? index + 1 : 0} and so on. */
    private Optional<Wrap> reset(Block.Exit.Branch branch, Expr.Binary test) {
        boolean plusOne = isPlusOne(test.left());
        Expr index = plusOne ? ((Expr.Binary) test.left().uncast()).left() : test.left();
        Optional<End> end = end(index, test.right());
        if (end.isEmpty()) {
            return Optional.empty();
        }
        boolean whenTrue = startsAgain(branch.yes(), index);
        boolean whenFalse = startsAgain(branch.no(), index);
        if (whenTrue == whenFalse) {
            return Optional.empty();
        }
        long number = end.get().number().value();
        long limit =
                switch (whenTrue ? test.op() : opposite(test.op())) {
                    case ">=", "==" -> number;
                    case ">" -> number + 1;
                    default -> -1;
                };
        // Where the other way moves on, the number in the test is still a good index.
        boolean before = !plusOne && movesOn(whenTrue ? branch.no() : branch.yes(), index);
        long bound = limit < 0 ? -1 : before ? limit + 1 : limit;
        SourceRange written = end.get().number().range();
        return bound <= 0
                ? Optional.empty()
                : Optional.of(
                        new Wrap(
                                end.get().ring(),
                                bound,
                                test.range(),
                                bound == number ? Optional.of(written) : Optional.empty()));
    }

    /** The number that an index, or a pointer into an array, is held against. */
    private record End(Array ring, Expr.Num number) {}

    private Optional<End> end(Expr index, Expr limit) {
        if (limit.uncast() instanceof Expr.Num number && !index.type().isPointer()) {
            return ringOf(index).map(r -> new End(r, number));
        }
        if (limit.uncast() instanceof Expr.Binary sum
                && sum.op().equals("+")
                && sum.right().uncast() instanceof Expr.Num number) {
            return array(sum.left()).map(r -> new End(r, number));
        }
        return limit.uncast() instanceof Expr.AddressOf address
                        && address.place() instanceof Expr.Index element
                        && element.index().uncast() instanceof Expr.Num number
                ? array(element.base()).map(r -> new End(r, number))
                : Optional.empty();
    }

    private static String opposite(String op) {
        return switch (op) {
            case "<" -> ">=";
            case "<=" -> ">";
            case "!=" -> "==";
            default -> "";
        };
    }

    private static boolean isPlusOne(Expr e) {
        return e.uncast() instanceof Expr.Binary sum
                && sum.op().equals("+")
                && sum.right().uncast() instanceof Expr.Num one
                && one.value() == 1;
    }

    /** The index, or the result of a conditional expression, becomes 0, or the array's start. */
    private boolean startsAgain(Block block, Expr index) {
        return block.instructions().stream()
                .anyMatch(
                        i ->
                                i instanceof Instr.Store s
                                        && isTarget(s, index)
                                        && isStart(s.value().uncast()));
    }

    private boolean isStart(Expr value) {
        if (value instanceof Expr.AddressOf address
                && address.place() instanceof Expr.Index element) {
            return element.index().uncast() instanceof Expr.Num zero
                    && zero.value() == 0
                    && array(element.base()).isPresent();
        }
        return value instanceof Expr.Num zero ? zero.value() == 0 : array(value).isPresent();
    }

    private static boolean movesOn(Block block, Expr index) {
        return block.instructions().stream()
                .anyMatch(
                        i ->
                                i instanceof Instr.Store s
                                        && isTarget(s, index)
                                        && isPlusOne(s.value()));
    }

    private static boolean isTarget(Instr.Store store, Expr index) {
        return store.place() instanceof Expr.Temp
                || key(store.place())
                        .filter(k -> key(index).filter(k::equals).isPresent())
                        .isPresent();
    }
}
