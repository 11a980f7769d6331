package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.HandleUse;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What is wrong with a handle that a call gets. */
final class HandleFault {
    /** Ways in which a handle can be dead. */
    enum Kind {
        CLOSED,
        OPEN_FAILED,
        ZERO
    }

    /**
     * A dead handle at one use.
     *
     * @param since the call that closed it or failed to open it; null when it never held one
     */
    record Fault(Kind kind, SourceRange since) {}

    private HandleFault() {}

    /** The fault of the handle on the path of the use; empty when it may be alive. */
    static Optional<Fault> of(HandleUse use) {
        State state = use.state();
        Value value = use.value();
        String resource = use.effect().resource();
        if (value instanceof Value.Pending p) {
            boolean closes =
                    p.then().number().filter(n -> n == 0).isPresent()
                            && state.handles().values().stream()
                                    .anyMatch(h -> closedBy(h, p.status(), resource));
            return closes
                    ? Optional.of(new Fault(Kind.CLOSED, p.status().origin()))
                    : Optional.empty();
        }
        Optional<Sym> sym = value.symbol();
        if (sym.isPresent()) {
            Handle handle = state.handles().get(sym.get());
            if (handle == null) {
                return unopened(sym.get(), use);
            }
            return isClosed(handle, state)
                    ? Optional.of(new Fault(Kind.CLOSED, handle.change().where()))
                    : Optional.empty();
        }
        return value.number().filter(n -> n == 0).isPresent()
                ? Optional.of(zero(state, resource))
                : Optional.empty();
    }

    /**
     * A variable that is as the function found it: 0, or the call that was to give it a handle has
     * failed. Who opens into a variable has no handle in it that is still good.
     */
    private static Optional<Fault> unopened(Sym before, HandleUse use) {
        State state = use.state();
        String resource = use.effect().resource();
        if (before.kind() != Sym.Kind.INITIAL || use.guarded()) {
            return Optional.empty();
        }
        if (state.set(before).isOnly(0)) {
            return Optional.of(zero(state, resource));
        }
        return first(
                        state,
                        resource,
                        h -> failed(h, state) && wasToFill(before, h.openStatus(), state))
                .map(h -> new Fault(Kind.OPEN_FAILED, h.opened()));
    }

    /** True when a call was to fill the variable, and no single error of it was let pass. */
    private static boolean wasToFill(Sym before, Sym status, State state) {
        ValueSet left = state.set(status);
        return left.low() != left.high()
                && state.pending().stream()
                        .anyMatch(
                                p ->
                                        p.status().equals(status)
                                                && p.otherwise().equals(Value.of(before)));
    }

    /** Why a handle is 0: the likeliest of what happened to the handles that the path knows. */
    private static Fault zero(State state, String resource) {
        return first(state, resource, h -> isClosed(h, state))
                // Nobody looked how the closing went, and the variable was set to 0 after it. What
                // one function opened and closed itself was never in this variable.
                .or(
                        () ->
                                first(
                                        state,
                                        resource,
                                        h ->
                                                h.isClosing()
                                                        && !failed(h, state)
                                                        && !h.change().where().equals(h.opened())))
                .map(h -> new Fault(Kind.CLOSED, h.change().where()))
                .or(
                        () ->
                                first(state, resource, h -> failed(h, state))
                                        .map(h -> new Fault(Kind.OPEN_FAILED, h.opened())))
                .orElse(new Fault(Kind.ZERO, null));
    }

    private static Optional<Handle> first(State state, String resource, Predicate<Handle> what) {
        return state.handles().values().stream()
                .filter(h -> h.resource().equals(resource))
                .filter(what)
                .findFirst();
    }

    private static boolean isClosed(Handle handle, State state) {
        return handle.change() != null && state.stateOf(handle).equals(Handle.CLOSED);
    }

    private static boolean closedBy(Handle handle, Sym status, String resource) {
        return handle.resource().equals(resource)
                && handle.isClosing()
                && handle.change().status().equals(status);
    }

    /** True when the call that would have given the handle has failed on this path. */
    static boolean failed(Handle handle, State state) {
        return handle.openStatus() != null
                && state.set(handle.openStatus()).disjoint(ValueSet.ZERO);
    }

    /** Which uses of a program meet dead handles, and whether they ever meet a live one. */
    static final class Uses {
        private final Map<SourceRange, Seen> byCall = new LinkedHashMap<>();

        /** Who opens, by resource: found in the whole program, so only once. */
        private final Map<String, Doers> openers = new HashMap<>();

        /** All paths to one call. */
        private static final class Seen {
            private final HandleUse first;
            private final List<Fault> faults = new ArrayList<>();
            private Possible possible;
            private boolean alive;

            private Seen(HandleUse first) {
                this.first = first;
            }
        }

        /**
         * A use that meets a closed handle on a way that can be taken.
         *
         * @param way the steps of that way
         */
        record Possible(HandleUse use, Fault fault, List<Note> way) {}

        /** A use that is certain to meet a dead handle. */
        record Certain(HandleUse use, Fault fault) {}

        void add(HandleUse use) {
            Seen seen = byCall.computeIfAbsent(use.where(), w -> new Seen(use));
            Optional<Fault> fault = of(use);
            fault.filter(f -> !seen.faults.contains(f)).ifPresent(seen.faults::add);
            seen.alive |= fault.isEmpty();
            if (seen.possible == null
                    && use.callee().isEmpty()
                    && fault.filter(f -> canBe(f, use)).isPresent()) {
                seen.possible = new Possible(use, fault.get(), use.state().trail());
            }
        }

        /** Closed here, and nothing since then depends on what cannot be seen. */
        private static boolean canBe(Fault fault, HandleUse use) {
            return fault.kind() == Kind.CLOSED
                    && fault.since() != null
                    && !fault.since().equals(use.where())
                    && use.state().isCertainSince(fault.since());
        }

        /** Uses that only some ways, but some for certain, lead to with a closed handle. */
        List<Possible> possible(Check check) {
            List<Possible> possible = new ArrayList<>();
            for (Seen seen : byCall.values()) {
                boolean certain =
                        seen.faults.stream().anyMatch(fault -> isCertain(seen, fault, check));
                if (seen.possible != null && !certain) {
                    possible.add(seen.possible);
                }
            }
            return possible;
        }

        List<Certain> certain(Check check) {
            List<Certain> certain = new ArrayList<>();
            for (Seen seen : byCall.values()) {
                for (Fault fault : seen.faults) {
                    if (isCertain(seen, fault, check)) {
                        certain.add(new Certain(seen.first, fault));
                        break;
                    }
                }
            }
            return certain;
        }

        private boolean isCertain(Seen seen, Fault fault, Check check) {
            Function function = seen.first.function();
            Optional<Instr.Call> use = Inevitable.callAt(function, seen.first.where());
            if (use.isEmpty()) {
                return false;
            }
            if (fault.since() != null) {
                Optional<Instr.Call> since = Inevitable.callAt(function, fault.since());
                if (since.isPresent()
                        && !since.get().equals(use.get())
                        && !(seen.alive
                                && fault.kind() == Kind.CLOSED
                                && mayOpen(since.get(), seen.first, check))
                        && Inevitable.follows(function, since.get(), use.get())) {
                    return true;
                }
            }
            return !seen.alive
                    && seen.faults.size() == 1
                    && (check.program().isWhole() || !mayBeSetElsewhere(use.get()));
        }

        /** True for a function that opens, and closes only when something fails. */
        private boolean mayOpen(Instr.Call call, HandleUse use, Check check) {
            return openers.computeIfAbsent(
                            use.effect().resource(), r -> check.doers(c -> Effects.acquires(c, r)))
                    .may(call);
        }

        /** Files that are not here may give a global its value. */
        private static boolean mayBeSetElsewhere(Instr.Call call) {
            return call.arguments().isEmpty()
                    || call.arguments().stream()
                            .flatMap(Expr::walk)
                            .anyMatch(
                                    e ->
                                            e instanceof Expr.Temp
                                                    || (e instanceof Expr.Var v
                                                            && v.variable().storage()
                                                                    == Variable.Storage.GLOBAL));
        }
    }

    /** What the contract calls the thing that the handle stands for. */
    static String resource(Effect.Uses uses) {
        return uses.resource().replace('-', ' ');
    }
}
