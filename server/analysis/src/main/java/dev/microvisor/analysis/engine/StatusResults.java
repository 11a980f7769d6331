package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells whether a function's result says how a system call went. */
final class StatusResults {
    private static final ValueSet TRUTHS = ValueSet.of(0).or(ValueSet.of(1));

    private StatusResults() {}

    /** The call whose outcome the result tells. */
    static Optional<String> call(Function function, List<FunctionRun.End> ends, Catalog catalog) {
        for (FunctionRun.End end : ends) {
            Optional<String> direct = direct(end.result()).or(() -> member(end));
            if (direct.isPresent()) {
                return direct;
            }
        }
        boolean truth =
                function.result().plain() instanceof CType.Int i
                        && (i.name().equals("bool") || i.name().equals("_Bool"));
        return byConstants(ends, truth, catalog);
    }

    /** A status in a structure that is returned. */
    private static Optional<String> member(FunctionRun.End end) {
        List<Value> parts = new ArrayList<>();
        end.whole().ifPresent(w -> end.state().forEachPart(w, (place, part) -> parts.add(part)));
        return parts.stream().flatMap(p -> direct(end.state().settle(p)).stream()).findFirst();
    }

    /**
     * Where else than in its result a function leaves the status of a call: behind its parameters,
     * in static variables, in members.
     */
    static Set<Place> outputs(String call, List<FunctionRun.End> ends) {
        Set<Place> outputs = new HashSet<>();
        for (FunctionRun.End end : ends) {
            end.state()
                    .forEachPlace(
                            (place, value) -> {
                                boolean visible =
                                        place.root() instanceof Place.Pointee
                                                || place.variable()
                                                        .filter(Variable::isStatic)
                                                        .isPresent();
                                if (visible
                                        && direct(end.state().settle(value))
                                                .filter(call::equals)
                                                .isPresent()) {
                                    outputs.add(place);
                                }
                            });
        }
        return outputs;
    }

    private static Optional<String> direct(Value result) {
        if (result instanceof Value.Symbolic s && s.sym().kind() == Sym.Kind.STATUS) {
            return Optional.of(s.sym().call());
        }
        if (result instanceof Value.Truth t && t.sym().kind() == Sym.Kind.STATUS) {
            return Optional.of(t.sym().call());
        }
        return Optional.empty();
    }

    /**
     * A number that is returned after success and never after failure, or the other way round.
     * After success there may be others: the status is then one condition of several; and some
     * failures may count as success, though not of closing: then all is well that matters.
     *
     * @param truth true when the result is a bool, and one that is not known may be either
     */
    private static Optional<String> byConstants(
            List<FunctionRun.End> ends, boolean truth, Catalog catalog) {
        Map<Sym, ValueSet> succeeded = new HashMap<>();
        Map<Sym, ValueSet> failed = new HashMap<>();
        for (FunctionRun.End end : ends) {
            ValueSet unknown = truth ? TRUTHS : ValueSet.ALL;
            boolean known = end.result() instanceof Value.Num;
            ValueSet result = end.result().number().map(ValueSet::of).orElse(unknown);
            end.state()
                    .sets()
                    .forEach(
                            (sym, set) -> {
                                if (sym.kind() != Sym.Kind.STATUS) {
                                    return;
                                }
                                if (set.isOnly(0) && (known || truth)) {
                                    succeeded.merge(sym, result, ValueSet::or);
                                } else if (!set.contains(0)) {
                                    failed.merge(sym, result, ValueSet::or);
                                }
                            });
        }
        for (Map.Entry<Sym, ValueSet> ok : succeeded.entrySet()) {
            ValueSet bad = failed.get(ok.getKey());
            boolean told =
                    bad != null
                            && (!ok.getValue().within(bad)
                                    || (!bad.within(ok.getValue())
                                            && !releases(ok.getKey(), catalog)));
            if (told) {
                return Optional.of(ok.getKey().call());
            }
        }
        return Optional.empty();
    }

    private static boolean releases(Sym status, Catalog catalog) {
        return catalog.call(status.call()).stream()
                .flatMap(c -> c.effects().stream())
                .anyMatch(Effect.Releases.class::isInstance);
    }
}
