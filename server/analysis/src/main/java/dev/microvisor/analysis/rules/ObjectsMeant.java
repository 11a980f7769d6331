package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The variables that a member can be a part of, as far as pointers can be followed by reading. */
final class ObjectsMeant {
    private final Check check;

    ObjectsMeant(Check check) {
        this.check = check;
    }

    /**
     * The variables behind a place; empty when it may be any.
     *
     * @param callers which callers of the function count
     */
    Optional<Set<Variable>> of(Expr place, Function function, Predicate<Function> callers) {
        Set<Variable> found = new HashSet<>();
        return place(place, function, callers, found, new HashSet<>())
                ? Optional.of(found)
                : Optional.empty();
    }

    private boolean place(
            Expr place,
            Function function,
            Predicate<Function> callers,
            Set<Variable> found,
            Set<List<Object>> seen) {
        Expr e = place.uncast();
        if (e instanceof Expr.Var v && !v.type().isPointer()) {
            found.add(v.variable());
            return true;
        }
        if (e instanceof Expr.Field field) {
            return place(field.base(), function, callers, found, seen);
        }
        if (e instanceof Expr.Index index) {
            return index.base().type().isArray()
                    ? place(index.base(), function, callers, found, seen)
                    : pointer(index.base(), function, callers, found, seen);
        }
        return e instanceof Expr.Deref deref
                && pointer(deref.pointer(), function, callers, found, seen);
    }

    private boolean pointer(
            Expr pointer,
            Function function,
            Predicate<Function> callers,
            Set<Variable> found,
            Set<List<Object>> seen) {
        Expr e = pointer.uncast();
        if (e instanceof Expr.AddressOf address) {
            return place(address.place(), function, callers, found, seen);
        }
        if (e.type().isArray()) {
            return place(e, function, callers, found, seen);
        }
        if (!(e instanceof Expr.Var v) || !v.variable().isAutomatic()) {
            return false;
        }
        if (!seen.add(List.of(function, v.variable()))) {
            return true;
        }
        List<Expr> given =
                function.stores()
                        .filter(s -> s.place().equals(e) || isSame(s.place(), v))
                        .map(Instr.Store::value)
                        .toList();
        boolean known = given.stream().allMatch(g -> pointer(g, function, callers, found, seen));
        return known
                && (v.variable().storage() != Variable.Storage.PARAMETER
                        ? !given.isEmpty()
                        : arguments(v.variable(), function, callers, found, seen));
    }

    private static boolean isSame(Expr place, Expr.Var variable) {
        return place instanceof Expr.Var p && p.variable().equals(variable.variable());
    }

    private boolean arguments(
            Variable parameter,
            Function function,
            Predicate<Function> callers,
            Set<Variable> found,
            Set<List<Object>> seen) {
        int index = function.parameters().indexOf(parameter);
        List<CallGraph.Site> sites =
                check.facts().graph().callers(function).stream()
                        .filter(s -> callers.test(s.caller()))
                        .toList();
        return index >= 0
                && !sites.isEmpty()
                && sites.stream()
                        .allMatch(
                                s ->
                                        index < s.call().arguments().size()
                                                && pointer(
                                                        s.call().arguments().get(index),
                                                        s.caller(),
                                                        callers,
                                                        found,
                                                        seen));
    }
}
