package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The handles that are open on a path, and what memory they keep. */
final class OpenChannels {
    private OpenChannels() {}

    /**
     * Handles of a resource that were opened on this path and of which no closing was tried, as
     * they stand in the source.
     */
    static List<Handle> on(State state, String resource) {
        return state.handles().entrySet().stream()
                .filter(e -> e.getKey().kind() == Sym.Kind.HANDLE)
                .map(java.util.Map.Entry::getValue)
                .filter(h -> h.resource().equals(resource) && !HandleFault.failed(h, state))
                .filter(h -> !h.isClosing())
                .sorted(Comparator.comparing(Handle::opened, SourceRange.BY_PLACE))
                .toList();
    }

    /** True when the call that opened it is known to have succeeded. */
    static boolean isCertain(Handle handle, State state) {
        return handle.openStatus() != null && state.set(handle.openStatus()).isOnly(0);
    }

    /** The loan of the variable that a place lies in. */
    static Optional<Handle.Loan> loan(Handle handle, Place place) {
        return handle.borrowed().stream()
                .filter(l -> l.place().root().equals(place.root()))
                .filter(l -> sameObject(l.place().path(), place.path()))
                .findFirst();
    }

    /** True for the same member of the variable, whatever the index at its end. */
    private static boolean sameObject(String a, String b) {
        return field(a).equals(field(b)) || field(a).isEmpty() || field(b).isEmpty();
    }

    private static String field(String path) {
        int index = path.indexOf('[');
        return index < 0 ? path : path.substring(0, index);
    }

    /**
     * True when nothing between the opening and an instruction can close channels, or every path
     * leads from one to the other.
     */
    static boolean staysOpen(Function function, SourceRange opened, Instr then, Doers closers) {
        Optional<Instr.Call> open = Inevitable.callAt(function, opened);
        return open.isPresent()
                && (Inevitable.follows(function, open.get(), then)
                        || function.calls()
                                .filter(closers::may)
                                .noneMatch(c -> Inevitable.between(function, open.get(), c, then)));
    }
}
