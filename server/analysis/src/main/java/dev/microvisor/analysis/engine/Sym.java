package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;

/**
 * A value that is not known but has an identity. Symbols are equal when their ids are.
 *
 * @param id made of the place where it arises, so that a loop meets the same symbol again
 * @param origin where it arises; null for initial values
 * @param call the call that made it; empty for others
 * @param place for {@link Kind#INITIAL} what had this value when the function began
 */
public record Sym(String id, Kind kind, SourceRange origin, String call, Place place) {
    /** What stands behind a symbol. */
    public enum Kind {
        /** The status that a system call returned. */
        STATUS,
        /** What a system call wrote. */
        OUTPUT,
        /** The handle that a system call gave. */
        HANDLE,
        /** What another function returned or wrote. */
        RESULT,
        /** The value of a place when the function began. */
        INITIAL
    }

    static Sym initial(Place place) {
        return place.initial();
    }

    /** A part of what this symbol stands for. */
    Sym part(String path) {
        return kind == Kind.INITIAL
                ? initial(place.at(path))
                : new Sym(id + path, kind, origin, call, null);
    }

    /**
     * For {@link Kind#OUTPUT} where the contract of {@link #call} says that this was written, such
     * as {@code response_data.body_length}.
     */
    public String written() {
        return id.substring(id.lastIndexOf(':') + 1);
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof Sym sym
                        && sym.id.hashCode() == id.hashCode()
                        && sym.id.equals(id));
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
