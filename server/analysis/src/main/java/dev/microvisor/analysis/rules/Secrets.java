package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Which items of an answer are values of the secret store: the answer keeps the request's order.
 */
final class Secrets {
    private static final String KEYS = ".keys_to_fetch";
    private static final String ITEM = ".item_index";

    private final Check check;

    /** The items that are secrets, when that is known. */
    private final Set<Long> items = new HashSet<>();

    /** The items whose store a parameter chooses. */
    private final Map<Long, Variable> chosen = new HashMap<>();

    /** The items that are secrets when a parameter is not 0. */
    private final Map<Long, Variable> asked = new HashMap<>();

    private final long secret;

    /**
     * @param field the field of a key that chooses its store
     * @param secret the number that chooses the store of secrets
     */
    Secrets(Check check, String field, long secret) {
        this.check = check;
        this.secret = secret;
        List<Variable> requests = new ArrayList<>();
        boolean known = check.program().isWhole();
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            for (String path : fact.places().keySet()) {
                if (path.endsWith(KEYS)) {
                    Optional<Variable> keys =
                            fact.places().get(path).target().flatMap(Place::variable);
                    known &= keys.isPresent();
                    keys.filter(k -> !requests.contains(k)).ifPresent(requests::add);
                }
            }
        }
        // With several requests an index does not tell of which one it is.
        if (known && requests.size() == 1) {
            read(requests.get(0), field);
        }
    }

    private void read(Variable keys, String field) {
        Variable definition = check.program().definition(keys);
        if (definition.isStatic()
                && (definition.type().isConst() || !isChanged(keys))
                && definition.declaration().initializer().orElse(null)
                        instanceof Expr.Aggregate a) {
            a.entries().forEach(e -> read(e, field));
            return;
        }
        for (Function function : check.program().functions()) {
            function.storesTo(keys)
                    .filter(s -> s.value() instanceof Expr.Aggregate)
                    .flatMap(s -> ((Expr.Aggregate) s.value()).entries().stream())
                    .forEach(e -> read(e, field, function));
            assigned(keys, field, function);
        }
    }

    private void read(Expr.Entry entry, String field, Function function) {
        read(entry, field);
        if (entry.path().equals("." + field) && entry.value().uncast() instanceof Expr.Temp t) {
            condition(t, function).ifPresent(v -> asked.put(0L, v));
        }
    }

    /** True when a list of keys is stored to or handed to a function. */
    private boolean isChanged(Variable keys) {
        return check.program().functions().stream()
                .flatMap(Function::instructions)
                .anyMatch(
                        i ->
                                i instanceof Instr.Store s
                                        ? isRootedIn(s.place(), keys)
                                        : i instanceof Instr.Call c
                                                && c.arguments().stream()
                                                        .anyMatch(a -> isRootedIn(a, keys)));
    }

    private static boolean isRootedIn(Expr place, Variable keys) {
        Expr at = place.uncast();
        while (at instanceof Expr.Field
                || at instanceof Expr.Index
                || at instanceof Expr.AddressOf) {
            at = at.parts().get(0).uncast();
        }
        return at instanceof Expr.Var v && v.variable().equals(keys);
    }

    /** {@code key.store = secret ? ... : ...} of the only key. */
    private void assigned(Variable keys, String field, Function function) {
        if (keys.type().isArray()) {
            return;
        }
        function.stores()
                .filter(
                        s ->
                                s.place() instanceof Expr.Field f
                                        && f.name().equals(field)
                                        && isRootedIn(f.base(), keys))
                .forEach(s -> read(new Expr.Entry("." + field, s.value()), field, function));
    }

    /** The parameter that, when it is not 0, makes a choice of two one for secrets. */
    private Optional<Variable> condition(Expr.Temp choice, Function function) {
        for (Block block : function.blocks()) {
            if (block.exit() instanceof Block.Exit.Branch branch
                    && branch.condition().uncast() instanceof Expr.Var v
                    && v.variable().storage() == Variable.Storage.PARAMETER
                    && stores(branch.yes(), choice) == secret
                    && stores(branch.no(), choice) >= 0
                    && stores(branch.no(), choice) != secret) {
                return Optional.of(v.variable());
            }
        }
        return Optional.empty();
    }

    /** The number that a block stores to a temporary; -1 when it stores none. */
    private static long stores(Block block, Expr.Temp temporary) {
        for (Instr instr : block.instructions()) {
            if (instr instanceof Instr.Store s
                    && s.place() instanceof Expr.Temp t
                    && t.id() == temporary.id()
                    && s.value().uncast() instanceof Expr.Num n) {
                return n.value();
            }
        }
        return -1;
    }

    private void read(Expr.Entry entry, String field) {
        // One key alone need not stand in an array.
        int end = entry.path().startsWith("[") ? entry.path().indexOf(']') : -1;
        long item = end < 0 ? 0 : Long.parseLong(entry.path().substring(1, end));
        if (entry.path().substring(end + 1).equals("." + field)) {
            Expr store = entry.value().uncast();
            if (store instanceof Expr.Num number && number.value() == secret) {
                items.add(item);
            } else if (store instanceof Expr.Var v
                    && v.variable().storage() == Variable.Storage.PARAMETER) {
                chosen.put(item, v.variable());
            }
        }
    }

    /** True when what arrives there is certain to be a secret. */
    boolean isSecret(NetworkFill fill) {
        OptionalLong index = index(fill);
        return index.isPresent()
                && (items.contains(index.getAsLong())
                        || Optional.ofNullable(chosen.get(index.getAsLong()))
                                .filter(p -> passed(p, fill, n -> n == secret))
                                .isPresent()
                        || Optional.ofNullable(asked.get(index.getAsLong()))
                                .filter(p -> passed(p, fill, n -> n != 0))
                                .isPresent());
    }

    /** True when the call that fills a buffer passes a number that asks for a secret. */
    private boolean passed(Variable parameter, NetworkFill fill, LongPredicate secrets) {
        Optional<Function> fetches = check.program().function(fill.call().callee());
        int at = fetches.map(f -> f.parameters().indexOf(parameter)).orElse(-1);
        return at >= 0
                && at < fill.call().arguments().size()
                && fill.call().arguments().get(at).uncast() instanceof Expr.Num n
                && secrets.test(n.value());
    }

    /**
     * Which item a call reads; of a function that is called for several, which one the call asks.
     */
    private OptionalLong index(NetworkFill fill) {
        for (String path : fill.system().places().keySet()) {
            if (path.endsWith(ITEM)) {
                Value value = fill.system().places().get(path);
                if (value.number().isPresent()) {
                    return OptionalLong.of(value.number().get());
                }
                return value.symbol()
                        .filter(s -> s.kind() == Sym.Kind.INITIAL)
                        .map(Sym::place)
                        .filter(p -> p.path().isEmpty())
                        .flatMap(Place::variable)
                        .map(v -> passed(v, fill))
                        .orElse(OptionalLong.empty());
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong passed(Variable parameter, NetworkFill fill) {
        int index = fill.system().function().parameters().indexOf(parameter);
        Instr.Call call = fill.call();
        boolean direct = call.callee().equals(fill.system().function().key());
        return direct
                        && index >= 0
                        && index < call.arguments().size()
                        && call.arguments().get(index).uncast() instanceof Expr.Num n
                ? OptionalLong.of(n.value())
                : OptionalLong.empty();
    }
}
