package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Direction;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * A number that the far end chose and that a system call has told the program, such as the length
 * of a body, when nothing between the call and its use compares it with a limit.
 *
 * @param source the call that tells it
 * @param place where the call writes it
 */
record NetworkNumber(Facts.SystemCallFact source, ByteTarget place) {
    /** Copies of copies, and calls with the number as an argument. */
    private static final int MAX_STEPS = 3;

    /** The first one that an expression is made of. */
    static Optional<NetworkNumber> in(Expr expression, Function function, Check check) {
        return in(expression, function, check, 0);
    }

    private static Optional<NetworkNumber> in(
            Expr expression, Function function, Check check, int steps) {
        for (Expr part : expression.walk().toList()) {
            if (part.type().isArray() || part.type().isPointer() || part.type().isEnum("")) {
                continue;
            }
            Optional<NetworkNumber> found =
                    ByteTarget.place(part)
                            .flatMap(
                                    t ->
                                            told(t, function, check)
                                                    .or(() -> copied(t, function, check, steps)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Written by a system call of this function, and compared with nothing since. */
    private static Optional<NetworkNumber> told(ByteTarget number, Function function, Check check) {
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            if (fact.function().equals(function)
                    && NetworkFill.isNetwork(fact.contract().group())
                    && writes(fact, number)
                    && !BufferUses.isBounded(number, function, fact.call())) {
                return Optional.of(new NetworkNumber(fact, number));
            }
        }
        return Optional.empty();
    }

    private static boolean writes(Facts.SystemCallFact fact, ByteTarget number) {
        ByteTarget whole = new ByteTarget(number.variable(), "");
        for (Parameter parameter : fact.contract().parameters()) {
            if (parameter.direction() == Direction.OUT
                    && !number.path().isEmpty()
                    && parameter.type().startsWith("struct ")
                    && is(fact, parameter.name(), whole)) {
                return true;
            }
        }
        return number.path().isEmpty()
                && fact.contract().effects().stream()
                        .filter(Effect.Writes.class::isInstance)
                        .map(Effect::place)
                        .filter(p -> p.contains(".") && isCount(p))
                        .anyMatch(p -> is(fact, p, number));
    }

    /** Lengths, but not the numbers that only name something. */
    private static boolean isCount(String path) {
        return path.endsWith("length") || path.endsWith("_len");
    }

    private static boolean is(Facts.SystemCallFact fact, String path, ByteTarget target) {
        Value value = fact.places().getOrDefault(path, Value.UNKNOWN);
        return ByteTarget.of(value).filter(target::equals).isPresent();
    }

    private static Optional<NetworkNumber> copied(
            ByteTarget copy, Function function, Check check, int steps) {
        Variable variable = copy.variable();
        if (steps >= MAX_STEPS || !copy.path().isEmpty() || !variable.isAutomatic()) {
            return Optional.empty();
        }
        List<Instr.Store> stores =
                function.stores().filter(s -> BufferUses.names(s.place(), copy)).toList();
        if (BufferUses.isCompared(copy, function)) {
            return Optional.empty();
        }
        if (stores.size() == 1 && variable.storage() == Variable.Storage.LOCAL) {
            return in(stores.get(0).value(), function, check, steps + 1);
        }
        int index = stores.isEmpty() ? function.parameters().indexOf(variable) : -1;
        if (index >= 0) {
            for (CallGraph.Site site : check.facts().graph().callers(function)) {
                if (index < site.call().arguments().size()) {
                    Optional<NetworkNumber> found =
                            in(site.call().arguments().get(index), site.caller(), check, steps + 1);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }
}
