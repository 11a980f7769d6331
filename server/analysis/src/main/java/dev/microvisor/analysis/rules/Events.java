package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Messages that one part of a program posts for another: constants of one of its own enumerations
 * that are handed to a function, and consumed by a {@code switch}.
 */
final class Events {
    /** Constants that a switch must tell apart for its enumeration to be one of events. */
    private static final int MIN_CASES = 2;

    private final Check check;
    private final Map<String, Consumer> consumers = new LinkedHashMap<>();

    /** A constant that is posted. */
    record Posted(Function function, Instr.Call call, String enumeration, long value, Expr where) {}

    /** What a program does with the constants of one enumeration. */
    static final class Consumer {
        private final Set<Long> handled = new HashSet<>();
        private Function function;
        private Block.Exit.Switch choice;
        private boolean catchAll;

        boolean handles(long value) {
            return catchAll || handled.contains(value);
        }

        Function function() {
            return function;
        }

        Block.Exit.Switch choice() {
            return choice;
        }
    }

    private Events(Check check) {
        this.check = check;
        for (Function function : check.program().functions()) {
            for (Block block : function.blocks()) {
                if (block.exit() instanceof Block.Exit.Switch choice) {
                    consume(function, choice);
                }
            }
        }
        for (Function function : check.program().functions()) {
            compared(function);
        }
    }

    static Events of(Check check) {
        return new Events(check);
    }

    private void consume(Function function, Block.Exit.Switch choice) {
        Optional<String> name = enumeration(choice.value().uncast().type());
        if (name.isEmpty() || choice.cases().size() < MIN_CASES) {
            return;
        }
        Consumer consumer = consumers.computeIfAbsent(name.get(), n -> new Consumer());
        if (consumer.choice == null || choice.cases().size() > consumer.choice.cases().size()) {
            consumer.function = function;
            consumer.choice = choice;
        }
        for (Block.Exit.Case label : choice.cases()) {
            for (long v = label.low(); v <= label.high() && v - label.low() < 64; v++) {
                consumer.handled.add(v);
            }
        }
        consumer.catchAll |= choice.hasDefault() && does(choice.otherwise());
    }

    /** A default that calls or stores something deals with the rest. */
    private static boolean does(Block block) {
        return block.instructions().stream()
                .anyMatch(i -> i instanceof Instr.Call || i instanceof Instr.Store);
    }

    private void compared(Function function) {
        for (Block block : function.blocks()) {
            if (block.exit() instanceof Block.Exit.Branch branch) {
                branch.condition()
                        .walk()
                        .filter(e -> e instanceof Expr.Binary b && b.isComparison())
                        .flatMap(e -> e.parts().stream())
                        .map(Expr::uncast)
                        .filter(Expr.Num.class::isInstance)
                        .map(Expr.Num.class::cast)
                        .forEach(
                                n ->
                                        enumeration(n.type())
                                                .map(consumers::get)
                                                .ifPresent(c -> c.handled.add(n.value())));
            }
        }
    }

    /** The program's own enumeration that a type is; the catalog's are no events of its own. */
    private Optional<String> enumeration(CType type) {
        return type.plain() instanceof CType.Int i
                        && i.name().startsWith("enum ")
                        && check.catalog().enumerations().stream()
                                .noneMatch(e -> i.name().equals("enum " + e.name()))
                ? Optional.of(i.name())
                : Optional.empty();
    }

    Optional<Consumer> consumer(String enumeration) {
        return Optional.ofNullable(consumers.get(enumeration));
    }

    /** What a call posts: a constant of an enumeration that somebody else switches over. */
    Optional<Posted> posted(Function function, Instr.Call call) {
        if (check.catalog().call(call.callee()).isPresent()) {
            return Optional.empty();
        }
        for (Expr argument : call.arguments()) {
            if (argument.uncast() instanceof Expr.Num number) {
                Optional<String> name = enumeration(number.type());
                Consumer consumer = name.map(consumers::get).orElse(null);
                if (consumer != null && !consumer.function.equals(function)) {
                    return Optional.of(
                            new Posted(function, call, name.get(), number.value(), argument));
                }
            }
            Optional<Posted> message = message(function, call, argument);
            if (message.isPresent()) {
                return message;
            }
        }
        return Optional.empty();
    }

    /** {@code put(queue, &message)} where the message was given one constant just before. */
    private Optional<Posted> message(Function function, Instr.Call call, Expr argument) {
        if (!(argument.uncast() instanceof Expr.AddressOf address
                && address.place() instanceof Expr.Var v
                && v.variable().isAutomatic())) {
            return Optional.empty();
        }
        List<Expr.Num> stored = new ArrayList<>();
        int stores = 0;
        for (Instr instr : function.instructions().toList()) {
            if (instr instanceof Instr.Store s && isIn(s.place(), v.variable())) {
                for (Expr value : values(s.value())) {
                    if (enumeration(value.type()).filter(consumers::containsKey).isPresent()) {
                        stores++;
                        if (value.uncast() instanceof Expr.Num n) {
                            stored.add(n);
                        }
                    }
                }
            }
        }
        if (stores != 1 || stored.size() != 1) {
            return Optional.empty();
        }
        Expr.Num number = stored.get(0);
        String name = enumeration(number.type()).orElseThrow();
        Consumer consumer = consumers.get(name);
        // A queue may bring the message back to the function that put it there.
        boolean queued = check.program().function(call.callee()).isEmpty() && isFetched(consumer);
        return consumer.function.equals(function) && !queued
                ? Optional.empty()
                : Optional.of(new Posted(function, call, name, number.value(), number));
    }

    /** True when a call fills what the consumer tells apart. */
    private static boolean isFetched(Consumer consumer) {
        Expr told = consumer.choice.value().uncast();
        return consumer.function
                .calls()
                .flatMap(c -> c.arguments().stream())
                .map(Expr::uncast)
                .anyMatch(
                        a ->
                                a instanceof Expr.AddressOf address
                                        && address.place() instanceof Expr.Var v
                                        && isIn(told, v.variable()));
    }

    private static List<Expr> values(Expr value) {
        return value instanceof Expr.Aggregate a ? a.parts() : List.of(value);
    }

    private static boolean isIn(Expr place, Variable variable) {
        Expr e = place;
        while (e instanceof Expr.Field f) {
            e = f.base();
        }
        return e instanceof Expr.Var v && v.variable().equals(variable);
    }

    /** The constant's name as written at the call. */
    String written(Posted posted) {
        return check.text(posted.where().range());
    }
}
