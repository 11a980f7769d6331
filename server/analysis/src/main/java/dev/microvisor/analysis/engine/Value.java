package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import java.util.Optional;

/** What is known of a value. */
public sealed interface Value {
    Value UNKNOWN = new Anything();
    Value UNSET = new Unset("", null);
    Value ZERO = new Num(0);

    /** A number. */
    record Num(long value) implements Value {}

    /** A symbol plus a constant. */
    record Symbolic(Sym sym, long plus) implements Value {}

    /** The address of a place. */
    record Address(Place place) implements Value {}

    /** The address of a function. */
    record FunctionAddress(String key) implements Value {}

    /** 1 when the symbol is in the set, else 0. */
    record Truth(Sym sym, ValueSet when) implements Value {}

    /** {@code then} when the status is in the set, {@code otherwise} when it is not. */
    record Pending(Sym status, ValueSet when, Value then, Value otherwise) implements Value {}

    /**
     * Nothing has been stored here yet.
     *
     * @param call the system call that would have stored something had it not failed; empty when
     *     there is none
     * @param where that call
     */
    record Unset(String call, SourceRange where) implements Value {}

    /** Nothing is known. */
    record Anything() implements Value {}

    static Value of(Sym sym) {
        return new Symbolic(sym, 0);
    }

    /** The number, when it is one. */
    default Optional<Long> number() {
        return this instanceof Num num ? Optional.of(num.value()) : Optional.empty();
    }

    /** The symbol, when it is one and nothing is added. */
    default Optional<Sym> symbol() {
        return this instanceof Symbolic s && s.plus() == 0
                ? Optional.of(s.sym())
                : Optional.empty();
    }

    /** The place pointed at, when known. */
    default Optional<Place> target() {
        return this instanceof Address a ? Optional.of(a.place()) : Optional.empty();
    }

    /** True when the value may be missing because a call failed or nothing was stored. */
    default boolean mayBeUnset() {
        return this instanceof Unset
                || (this instanceof Pending p
                        && (p.then().mayBeUnset() || p.otherwise().mayBeUnset()));
    }

    default boolean mentions(Sym sym) {
        if (this instanceof Symbolic s) {
            return s.sym().equals(sym);
        }
        if (this instanceof Truth t) {
            return t.sym().equals(sym);
        }
        if (this instanceof Address a) {
            return a.place().root() instanceof Place.Pointee p && p.pointer().equals(sym);
        }
        return this instanceof Pending p
                && (p.status().equals(sym)
                        || p.then().mentions(sym)
                        || p.otherwise().mentions(sym));
    }
}
