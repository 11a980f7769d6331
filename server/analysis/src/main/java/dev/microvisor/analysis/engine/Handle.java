package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import java.util.List;

/**
 * What a path knows of a handle.
 *
 * @param resource id of its resource in the catalog
 * @param opened the call that gave it; null when it came from outside
 * @param openStatus status of that call; null when it came from outside
 * @param kind the channel's type or another number that the contract remembers; -1 when unknown
 * @param kindOf what callers decide the kind with; null when the function decides
 * @param state its state in the catalog's words; empty when this function has not seen it, and
 *     {@link #UNCERTAIN} when statuses do not tell
 * @param change a change that depends on a status not yet known; null when there is none
 * @param borrowed places that the resource keeps using
 */
public record Handle(
        String resource,
        SourceRange opened,
        Sym openStatus,
        long kind,
        Sym kindOf,
        String state,
        Change change,
        List<Loan> borrowed) {
    public static final String CLOSED = "closed";

    /** Several changes, of which nothing tells which ones came about. */
    static final String UNCERTAIN = "?";

    public Handle {
        borrowed = List.copyOf(borrowed);
    }

    /** The state becomes {@code state} if {@code status} is in {@code when}. */
    public record Change(Sym status, ValueSet when, String state, SourceRange where) {}

    /** Memory in use by the resource. */
    public record Loan(Place place, boolean writeProtected) {}

    /** The call that gave a handle of which nothing else is known; null for one from outside. */
    static SourceRange origin(Sym handle) {
        return handle.kind() == Sym.Kind.HANDLE ? handle.origin() : null;
    }

    /** True when a call closes it, or will have closed it if its status says so. */
    public boolean isClosing() {
        return change != null && change.state().equals(CLOSED);
    }

    /** Its state without the last change; empty when it cannot be told. */
    String settled() {
        return state.equals(UNCERTAIN) ? "" : state;
    }

    Handle withChange(Change next, String settledState) {
        return new Handle(resource, opened, openStatus, kind, kindOf, settledState, next, borrowed);
    }
}
