package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.catalog.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The memory out of which a program makes requests: URLs, bodies, topics, payloads. */
final class RequestTexts {
    /** Functions that hand their parameter on to one that sends it. */
    private static final int MAX_WRAPPERS = 3;

    private static final String DATA = ".data";

    private final Map<ByteTarget, Facts.SystemCallFact> texts = new LinkedHashMap<>();

    private RequestTexts() {}

    static RequestTexts of(Check check) {
        RequestTexts found = new RequestTexts();
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            if (NetworkFill.isNetwork(fact.contract().group())) {
                for (Map.Entry<String, Value> place : fact.places().entrySet()) {
                    if (place.getKey().endsWith(DATA) && !isWritten(fact, place.getKey())) {
                        ByteTarget.of(place.getValue())
                                .ifPresent(t -> found.add(t, fact.function(), fact, check, 0));
                    }
                }
            }
        }
        return found;
    }

    private static boolean isWritten(Facts.SystemCallFact fact, String place) {
        return fact.contract().effects().stream()
                .anyMatch(e -> e instanceof Effect.Writes && e.place().equals(place));
    }

    private void add(
            ByteTarget text,
            Function function,
            Facts.SystemCallFact request,
            Check check,
            int wrappers) {
        texts.putIfAbsent(text, request);
        int index = text.path().isEmpty() ? function.parameters().indexOf(text.variable()) : -1;
        if (index < 0 || wrappers >= MAX_WRAPPERS) {
            return;
        }
        for (CallGraph.Site site : check.facts().graph().callers(function)) {
            List<Expr> arguments = site.call().arguments();
            if (index < arguments.size()) {
                ByteTarget.of(arguments.get(index))
                        .ifPresent(t -> add(t, site.caller(), request, check, wrappers + 1));
            }
        }
    }

    /** The request that is made of what an expression points at. */
    Optional<Facts.SystemCallFact> request(Expr pointer) {
        return ByteTarget.of(pointer).map(texts::get);
    }
}
