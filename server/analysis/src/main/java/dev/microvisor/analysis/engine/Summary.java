package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a function does, seen from its callers.
 *
 * @param exits the ways in which it returns; empty when it never does
 * @param uses handles from outside that it passes to system calls
 */
record Summary(Function function, List<Exit> exits, List<Use> uses) {
    Summary {
        exits = List.copyOf(exits);
        uses = List.copyOf(uses);
    }

    private static final String RETURNED = "returned";

    /** Where a function leaves the structure that it returns. */
    static Place returned(CType type) {
        return new Place(new Place.Nameless(RETURNED, type), "");
    }

    static boolean isReturned(Place place) {
        return place.root() instanceof Place.Nameless n && n.id().equals(RETURNED);
    }

    /**
     * One way to return.
     *
     * @param sets what must hold of initial values, and what is known of the others
     * @param effects what it stored where callers can see it, also in the structure it returns
     * @param trusted initial values that code out of sight was given, and may have tested
     * @param writes arrays of bytes that it wrote into before it gave up any handle
     */
    record Exit(
            Value result,
            Map<Sym, ValueSet> sets,
            Map<Place, Value> effects,
            Map<Sym, Handle> handles,
            Set<Sym> trusted,
            Set<Write> writes) {}

    /**
     * A handle from outside that is used before anything else happened to it.
     *
     * @param guarded true when the function has seen before that the handle is not 0
     */
    record Use(
            Sym handle,
            SourceRange where,
            SystemCall contract,
            Effect.Uses effect,
            boolean guarded) {}
}
