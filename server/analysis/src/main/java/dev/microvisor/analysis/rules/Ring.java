package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Variable;
import java.util.Optional;

/**
 * The record buffer of a notification centre: an array of its own, or a member of a structure in
 * whichever object of its type.
 *
 * @param place the whole array, as the call that makes the centre gets it
 */
record Ring(Place place, Slot slot) {

    /** The ring that a buffer's address leads to. */
    static Optional<Ring> at(Value buffer) {
        return buffer.target()
                .map(Ring::whole)
                .flatMap(p -> Slot.of(p).map(s -> new Ring(p, s)))
                .filter(r -> r.declared() != null);
    }

    /** {@code &ring[0]} is the ring. */
    private static Place whole(Place place) {
        int index = place.path().lastIndexOf('[');
        boolean element = index >= 0 && place.path().endsWith("]");
        return element ? new Place(place.root(), place.path().substring(0, index)) : place;
    }

    /** The variable, when the ring is one and no member of something larger. */
    Optional<Variable> variable() {
        return place.path().isEmpty() ? place.variable() : Optional.empty();
    }

    /** Its name in its declaration. */
    SourceRange declared() {
        return slot.member() != null
                ? slot.member()
                : place.variable().map(v -> v.declaration().name()).orElse(null);
    }

    /** As the program writes it. */
    String name() {
        return place.member().map(CType.Member::name).orElseGet(place::display);
    }

    CType type() {
        return place.type();
    }

    /** Records that fit in; -1 when that is not known. */
    long count() {
        return type().plain() instanceof CType.Array array ? array.count() : -1;
    }

    /** True when it is declared volatile, or what it is a member of. */
    boolean isVolatile() {
        Place at = place;
        while (!at.type().isVolatile()) {
            int dot = at.path().lastIndexOf('.');
            if (dot < 0) {
                return at.root().type().isVolatile();
            }
            at = new Place(at.root(), at.path().substring(0, dot));
        }
        return true;
    }

    /** True for an expression that stands for the whole array. */
    boolean is(Expr e) {
        return Slot.of(e.uncast()).filter(slot::equals).isPresent();
    }
}
