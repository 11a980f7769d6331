package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of all channels that a program opens, on all paths. */
final class ChannelTypes {
    private final Map<Long, SourceRange> types = new LinkedHashMap<>();

    /** Openings whose type is a parameter of the function that opens. */
    private final Map<Instr.Call, Passed> passed = new LinkedHashMap<>();

    private boolean unknown;

    private record Passed(Function function, int parameter) {}

    void add(CallSite site) {
        site.contract().stream()
                .flatMap(c -> Effects.of(c, Effect.Acquires.class))
                .filter(a -> !a.kind().isEmpty())
                .forEach(a -> add(site, site.valueAt(a.kind())));
    }

    private void add(CallSite site, Value type) {
        int parameter =
                type.symbol()
                        .filter(s -> s.kind() == Sym.Kind.INITIAL)
                        .map(Sym::place)
                        .filter(p -> p.path().isEmpty())
                        .flatMap(p -> p.variable())
                        .map(v -> site.function().parameters().indexOf(v))
                        .orElse(-1);
        if (type.number().isPresent()) {
            types.putIfAbsent(type.number().get(), site.call().range());
        } else if (parameter >= 0) {
            passed.put(site.call(), new Passed(site.function(), parameter));
        } else {
            unknown = true;
        }
    }

    /**
     * Each type with a call that opens a channel of it; empty when there may be others, because one
     * type is not known or not all of the program is here.
     */
    Optional<Map<Long, SourceRange>> all(Check check) {
        Map<Long, SourceRange> all = new LinkedHashMap<>(types);
        boolean known = check.program().isWhole() && !unknown;
        for (Map.Entry<Instr.Call, Passed> opening : passed.entrySet()) {
            Passed to = opening.getValue();
            List<CallGraph.Site> callers = check.facts().graph().callers(to.function());
            known &= !callers.isEmpty();
            for (CallGraph.Site caller : callers) {
                List<Expr> arguments = caller.call().arguments();
                if (to.parameter() < arguments.size()
                        && arguments.get(to.parameter()).uncast() instanceof Expr.Num type) {
                    all.putIfAbsent(type.value(), opening.getKey().range());
                } else {
                    known = false;
                }
            }
        }
        return known && !all.isEmpty() ? Optional.of(all) : Optional.empty();
    }
}
