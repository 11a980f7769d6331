package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.ContractPlaces;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes whose number of bytes is a length that the far end chose, on a path that has not bounded
 * it by the room there is. The length may have gone through variables, members and functions.
 */
final class ReceivedLengths {
    private final Map<Instr, Excess> found = new LinkedHashMap<>();
    private final List<Held> held = new ArrayList<>();

    /**
     * A write that may be too long.
     *
     * @param by what writes
     * @param number says how many bytes, or which element
     * @param memory what is written
     * @param room its bytes
     * @param told the call that told the length; null when another function made it
     * @param most the most that the length can be
     * @param isWhole true when the length is that of all that was received
     */
    record Excess(
            Function function,
            Instr by,
            Expr number,
            Place memory,
            long room,
            long most,
            SourceRange told,
            boolean isWhole) {
        /** The array as the call or the store names it. */
        Optional<Expr> array() {
            Stream<Expr> named =
                    by instanceof Instr.Call call
                            ? call.arguments().stream()
                            : ((Instr.Store) by).place().parts().stream();
            return named.map(Expr::uncast)
                    .filter(a -> a.type().isArray() && a.type().size() == room)
                    .findFirst();
        }

        /** True for one element that lies behind the end. */
        boolean isElement() {
            return by instanceof Instr.Store;
        }

        /** True for a copy of what was received before. */
        boolean isCopy() {
            return by instanceof Instr.Call call && ReceivedLengths.isCopy(call);
        }
    }

    /** A write whose number of bytes comes out of a variable that another function filled. */
    private record Held(Excess excess, Sym sym) {}

    /** A path reaches a call. */
    void add(CallSite site, Check check) {
        if (site.contract().isPresent()) {
            if (NetworkFill.isNetwork(site.contract().get().group())) {
                reads(site);
            }
        } else if (isCopy(site.call())
                && check.program().function(site.call().callee()).isEmpty()) {
            written(site, 0, 2);
        }
    }

    /** A path stores a byte: behind the last one received there must be room for it. */
    void add(StoreSite site) {
        Place array = site.place();
        if (site.store().place() instanceof Expr.Index element
                && site.place().path().endsWith("]")
                && element.type().size() == 1) {
            array = site.place().parent();
            long room = array.path().contains("*") ? -1 : Math.max(-1, array.type().size());
            if (array.type().isArray() && room > 0) {
                written(
                        site.function(),
                        site.store(),
                        site.state(),
                        new Written(array, room, element.index(), value(site.index()), 1));
            }
        }
    }

    private static boolean isCopy(Instr.Call call) {
        return switch (call.name()) {
            case "memcpy", "memmove", "strncpy" -> call.arguments().size() == 3;
            default -> false;
        };
    }

    private void reads(CallSite site) {
        for (Parameter parameter : site.contract().orElseThrow().parameters()) {
            for (Constraint constraint : parameter.constraints()) {
                if (constraint instanceof Constraint.LengthOf length
                        && Effects.of(site.contract().get(), Effect.Writes.class)
                                .anyMatch(w -> w.place().equals(length.of()))) {
                    written(
                            site,
                            site.contract().get().parameterIndex(length.of()),
                            site.contract().get().parameterIndex(parameter.name()));
                }
            }
        }
    }

    private void written(CallSite site, int memory, int number) {
        Optional<Place> target = site.argument(memory).target();
        Optional<Expr> expression = site.expression(number);
        if (target.isPresent() && expression.isPresent()) {
            written(
                    site.function(),
                    site.call(),
                    site.state(),
                    new Written(
                            target.get(),
                            room(target.get()),
                            expression.get(),
                            value(site.argument(number)),
                            0));
        }
    }

    /**
     * What is written.
     *
     * @param more bytes besides those that the number says
     */
    private record Written(Place memory, long room, Expr expression, Value number, int more) {}

    private void written(Function function, Instr by, State state, Written written) {
        if (written.room() <= 0 || !(written.number() instanceof Value.Symbolic length)) {
            return;
        }
        Sym sym = length.sym();
        long most = most(sym, length.plus() + written.more(), state);
        boolean beside = sym.kind() == Sym.Kind.OUTPUT && isBeside(sym.written());
        // How much a call may write beside its bytes is only known when its room is.
        boolean unknown = beside && by instanceof Instr.Store && most == Long.MAX_VALUE;
        if (most <= written.room() || state.isTrusted(sym) || unknown) {
            return;
        }
        Excess excess =
                new Excess(
                        function,
                        by,
                        written.expression(),
                        written.memory(),
                        written.room(),
                        most,
                        sym.origin(),
                        sym.kind() != Sym.Kind.OUTPUT || !beside);
        if (sym.kind() == Sym.Kind.OUTPUT && isCount(sym.written())) {
            found.putIfAbsent(by, excess);
        } else if (sym.kind() == Sym.Kind.INITIAL && sym.place().member().isPresent()) {
            held.add(new Held(excess, sym));
        }
    }

    /** What a call wrote if it succeeded. */
    private static Value value(Value value) {
        return value instanceof Value.Pending p ? p.then() : value;
    }

    private static long most(Sym sym, long plus, State state) {
        ValueSet set = state.set(sym);
        return set.high() == Long.MAX_VALUE ? Long.MAX_VALUE : set.high() + plus;
    }

    private static long room(Place place) {
        boolean known = place.type().isArray() || place.path().endsWith("]");
        return known && !place.path().contains("*") ? place.extent() : -1;
    }

    /** Lengths, but not the numbers that only name something. */
    private static boolean isCount(String path) {
        return path.endsWith("length") || path.endsWith("_len");
    }

    /** A length that is written beside the bytes, and never is more than the room for them. */
    private static boolean isBeside(String path) {
        return path.endsWith(".length");
    }

    /**
     * Lengths that a system call wrote into a variable, when nothing in the program bounds them.
     */
    void elsewhere(Check check) {
        for (Held number : held) {
            Place place = number.sym().place();
            for (Facts.SystemCallFact fact : check.facts().systemCallsInContext()) {
                if (tells(fact, place, check) && !isCompared(place, check)) {
                    Excess excess = number.excess();
                    found.putIfAbsent(
                            excess.by(),
                            new Excess(
                                    excess.function(),
                                    excess.by(),
                                    excess.number(),
                                    excess.memory(),
                                    excess.room(),
                                    excess.most(),
                                    fact.call().nameRange(),
                                    true));
                    break;
                }
            }
        }
    }

    /** True when a system call writes its structure where a length is a member of it. */
    private static boolean tells(Facts.SystemCallFact fact, Place length, Check check) {
        if (!NetworkFill.isNetwork(fact.contract().group()) || !isCount(length.path())) {
            return false;
        }
        Place whole =
                new Place(
                        length.root(), length.path().substring(0, length.path().lastIndexOf('.')));
        return Effects.of(fact.contract(), Effect.Writes.class)
                .filter(w -> fact.contract().parameter(w.place()).isPresent())
                .filter(w -> isStruct(fact, w.place(), check))
                .flatMap(
                        w -> fact.places().getOrDefault(w.place(), Value.UNKNOWN).target().stream())
                .anyMatch(p -> isSame(p, whole));
    }

    private static boolean isStruct(Facts.SystemCallFact fact, String parameter, Check check) {
        return fact.contract()
                .parameter(parameter)
                .flatMap(p -> ContractPlaces.struct(p.type(), check.catalog()))
                .isPresent();
    }

    private static boolean isSame(Place a, Place b) {
        return Slot.of(a).isPresent() && Slot.of(a).equals(Slot.of(b));
    }

    /** True when a function compares the member with anything but zero, or changes it. */
    private static boolean isCompared(Place length, Check check) {
        String member = length.path().substring(length.path().lastIndexOf('.') + 1);
        return check.program().functions().stream()
                .flatMap(f -> Stream.concat(stored(f), compared(f)))
                .flatMap(Expr::walk)
                .anyMatch(
                        e ->
                                e instanceof Expr.Field f
                                        && f.name().equals(member)
                                        && mayBeIn(f, length));
    }

    /** False for a member of another variable. */
    private static boolean mayBeIn(Expr.Field field, Place length) {
        Expr e = field;
        while (e instanceof Expr.Field f) {
            e = f.base();
        }
        Expr root = e;
        return !(root instanceof Expr.Var)
                || length.variable().filter(v -> !v.equals(((Expr.Var) root).variable())).isEmpty();
    }

    private static Stream<Expr> stored(Function function) {
        return function.instructions()
                .filter(Instr.Store.class::isInstance)
                .map(i -> ((Instr.Store) i).place());
    }

    private static Stream<Expr> compared(Function function) {
        Stream<Expr> values = function.instructions().flatMap(i -> i.expressions().stream());
        Stream<Expr> ends =
                function.blocks().stream().map(Block::exit).flatMap(x -> x.expressions().stream());
        return Stream.concat(values, ends)
                .flatMap(Expr::walk)
                .filter(e -> e instanceof Expr.Binary b && b.isComparison() && !withZero(b));
    }

    private static boolean withZero(Expr.Binary comparison) {
        return isZero(comparison.left()) || isZero(comparison.right());
    }

    private static boolean isZero(Expr e) {
        return e.uncast() instanceof Expr.Num n && n.value() == 0;
    }

    /** One for each call. */
    List<Excess> all() {
        return List.copyOf(found.values());
    }
}
