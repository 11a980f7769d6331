package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.FunctionExit;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Flags a channel that is opened and that nobody closes on some path. */
public final class ChannelLeak implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "channel-leak",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.HANDLES);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** How the paths of functions leave the channels that they opened. */
    private static final class Ends {
        private final Map<Opening, Owner> owners = new LinkedHashMap<>();
        private final Map<SourceRange, Leak> leaks = new LinkedHashMap<>();
    }

    /** Where a channel is opened, and a function that does so itself or has it done. */
    private record Opening(SourceRange where, Function function) {}

    /** How a function leaves what it opened into something that outlives it. */
    private static final class Owner {
        private final ClosingEdits edits;
        private Optional<Slot> slot = Optional.empty();
        private boolean closes;

        /** It closes it where the closing may fail, in which case the handle is still there. */
        private boolean mayClose;

        private List<Note> failing;
        private Place place;

        private Owner(Function function) {
            this.edits = new ClosingEdits(function);
        }
    }

    /** One opening whose handle ends with its function on some path. */
    private static final class Leak {
        private final Function function;
        private final List<Note> trail;
        private final ClosingEdits edits;

        private Leak(Function function, List<Note> trail) {
            this.function = function;
            this.trail = trail;
            this.edits = new ClosingEdits(function);
        }
    }

    @Override
    public void onReturn(FunctionExit exit, Check check) {
        Ends ends = check.memory(this, Ends.class, Ends::new);
        Set<SourceRange> open = new HashSet<>();
        exit.state()
                .handles()
                .forEach(
                        (sym, handle) -> {
                            boolean opened =
                                    sym.kind() == Sym.Kind.HANDLE
                                            && handle.resource().equals(Effects.CHANNEL)
                                            && !HandleFault.failed(handle, exit.state())
                                            && !closingFailed(exit.state(), check);
                            if (opened && end(exit, sym, handle, ends)) {
                                open.add(handle.opened());
                            }
                        });
        ends.leaks.forEach(
                (opening, leak) -> {
                    if (leak.function.equals(exit.function()) && !open.contains(opening)) {
                        leak.edits.without(exit.way());
                    }
                });
    }

    /** True when a closing was tried and failed, which is no closing that was forgotten. */
    private static boolean closingFailed(State state, Check check) {
        return state.symbols().stream()
                .filter(s -> s.kind() == Sym.Kind.STATUS)
                .filter(s -> state.set(s).disjoint(ValueSet.ZERO))
                .anyMatch(
                        s ->
                                check.catalog()
                                        .call(s.call())
                                        .filter(c -> Effects.releases(c, Effects.CHANNEL))
                                        .isPresent());
    }

    /** True when the channel stays open on this way and nobody else knows its handle. */
    private static boolean end(FunctionExit exit, Sym sym, Handle handle, Ends ends) {
        State state = exit.state();
        boolean closing = handle.isClosing();
        List<Place> holders = state.holders(sym);
        Optional<Place> local =
                holders.stream()
                        .filter(p -> p.variable().filter(Variable::isAutomatic).isPresent())
                        .findFirst();
        Optional<Place> shared =
                holders.stream()
                        .filter(p -> p.variable().filter(Variable::isStatic).isPresent())
                        .findFirst();
        boolean outlives =
                exit.returns(sym)
                        || shared.isPresent()
                        || holders.stream().anyMatch(p -> p.root() instanceof Place.Pointee);
        boolean certain = OpenChannels.isCertain(handle, state);
        if (outlives) {
            Owner owner = owner(exit, handle, ends);
            owner.slot = owner.slot.or(() -> shared.flatMap(Slot::of));
            owner.mayClose |= closing;
            if (!closing && hasFailed(sym, handle, state)) {
                owner.failing = owner.failing == null ? state.trail() : owner.failing;
                owner.place = shared.orElse(owner.place);
                shared.ifPresent(p -> owner.edits.leaves(exit.way(), p, certain));
            }
        } else if (closing) {
            owner(exit, handle, ends).closes = true;
        } else if (local.isPresent() && !state.isTrusted(sym)) {
            Leak leak =
                    ends.leaks.computeIfAbsent(
                            handle.opened(), o -> new Leak(exit.function(), state.trail()));
            leak.edits.leaves(exit.way(), local.get(), certain);
            return true;
        }
        return false;
    }

    private static Owner owner(FunctionExit exit, Handle handle, Ends ends) {
        return ends.owners.computeIfAbsent(
                new Opening(handle.opened(), exit.function()), o -> new Owner(o.function()));
    }

    /** True when a request on this path is known to have failed. */
    private static boolean hasFailed(Sym sym, Handle handle, State state) {
        return handle.openStatus() != null
                && state.set(handle.openStatus()).isOnly(0)
                && !state.isTrusted(sym)
                && state.symbols().stream()
                        .anyMatch(
                                s ->
                                        s.kind() == Sym.Kind.STATUS
                                                && !s.equals(handle.openStatus())
                                                && handle.change() != null
                                                && handle.change().status().equals(s)
                                                && state.set(s).disjoint(ValueSet.ZERO));
    }

    @Override
    public void checkProgram(Check check) {
        Doers closers = check.doers(c -> Effects.releases(c, Effects.CHANNEL));
        neverClosed(check, closers);
        Ends ends = check.memory(this, Ends.class, Ends::new);
        ends.leaks.forEach((opening, leak) -> check.report(lost(opening, leak, check)));
        Set<SourceRange> reported = new HashSet<>();
        Set<Slot> told = new HashSet<>();
        for (Map.Entry<Opening, Owner> entry : ends.owners.entrySet()) {
            Owner owner = entry.getValue();
            Function function = entry.getKey().function();
            boolean alone =
                    (owner.closes && closesAlone(function, owner.place, closers, check))
                            || ((owner.closes || owner.mayClose)
                                    && closesItsOwn(function, owner.slot, closers, check));
            if (owner.failing != null && alone && reported.add(entry.getKey().where())) {
                Report report =
                        report(
                                        function,
                                        entry.getKey().where(),
                                        "the channel opened here stays open when the request fails")
                                .why(
                                        "nobody else closes it; after four such channels no other can be"
                                                + " opened")
                                .help("close it on the failing path as well")
                                .notes(owner.failing);
                owner.edits.fix(Effects.CHANNEL, check).ifPresent(report::fix);
                check.report(report);
                owner.slot.ifPresent(told::add);
            }
        }
        RoundLeaks.report(INFO, told, check);
    }

    private static Report lost(SourceRange opening, Leak leak, Check check) {
        Report report =
                report(leak.function, opening, "the channel opened here is not closed on a path")
                        .why(
                                "its handle is gone when the function returns; after four such"
                                        + " channels no other can be opened")
                        .help("close it on every path, also where something failed")
                        .notes(leak.trail);
        leak.edits.fix(Effects.CHANNEL, check).ifPresent(report::fix);
        return report;
    }

    /** True when everything that closes this channel is only reached through its opener. */
    private static boolean closesAlone(Function function, Place place, Doers closers, Check check) {
        Set<Function> inside = check.facts().graph().reachable(function);
        List<Function> closing =
                closers.direct().stream()
                        .filter(f -> !check.facts().graph().isAbandoned(f))
                        .filter(f -> !closesOthersOnly(f, place, check))
                        .toList();
        return inside.containsAll(closing)
                && closing.stream()
                        .filter(f -> !f.equals(function))
                        .allMatch(
                                f ->
                                        check.facts().graph().callers(f).stream()
                                                .allMatch(s -> inside.contains(s.caller())));
    }

    /** True when all that a function closes stands in other static variables than one. */
    private static boolean closesOthersOnly(Function function, Place place, Check check) {
        Optional<Variable> mine = Optional.ofNullable(place).flatMap(Place::variable);
        return mine.isPresent()
                && check.facts().systemCallsInContext().stream()
                        .filter(f -> f.function().equals(function))
                        .filter(f -> Effects.releases(f.contract(), Effects.CHANNEL))
                        .map(ChannelLeak::target)
                        .allMatch(
                                t ->
                                        t.filter(ChannelLeak::isStatic)
                                                .flatMap(Place::variable)
                                                .filter(v -> !v.equals(mine.get()))
                                                .isPresent());
    }

    /**
     * True when all that closes what this function opens has opened it itself just before, so that
     * nobody comes by later to close what was left open.
     */
    private static boolean closesItsOwn(
            Function function, Optional<Slot> slot, Doers closers, Check check) {
        if (slot.isEmpty() || !check.program().isWhole()) {
            return false;
        }
        Doers openers = check.doers(c -> Effects.acquires(c, Effects.CHANNEL));
        boolean here =
                function.calls()
                        .filter(closers::is)
                        .anyMatch(c -> released(c, closers).equals(slot));
        if (!here) {
            return false;
        }
        for (Function closing : closers.direct()) {
            boolean same =
                    closing.calls()
                            .filter(closers::is)
                            .map(c -> released(c, closers))
                            .anyMatch(s -> s.isEmpty() || s.equals(slot));
            boolean cleansUp =
                    !closing.equals(function)
                            && check.facts().graph().reachable(closing).contains(function);
            if (same && (cleansUp || !opensFirst(closing, openers, closers))) {
                return false;
            }
        }
        return opensFirst(function, openers, closers);
    }

    /** The variable or member whose channel a call closes. */
    private static Optional<Slot> released(Instr.Call call, Doers closers) {
        return closers.contract(call)
                .flatMap(c -> handlePlace(c).map(c::parameterIndex))
                .filter(i -> i >= 0 && i < call.arguments().size())
                .map(i -> call.arguments().get(i).uncast())
                .filter(Expr.AddressOf.class::isInstance)
                .flatMap(a -> Slot.of(((Expr.AddressOf) a).place()));
    }

    /** True when no way leads to a closing but through an opening. */
    private static boolean opensFirst(Function function, Doers openers, Doers closers) {
        return !Ways.find(
                function.entry(),
                new Ways.Visitor() {
                    @Override
                    public Ways.Step at(Instr instr) {
                        if (!(instr instanceof Instr.Call call)) {
                            return Ways.Step.ON;
                        }
                        return openers.may(call)
                                ? Ways.Step.STOP
                                : closers.may(call) ? Ways.Step.FOUND : Ways.Step.ON;
                    }

                    @Override
                    public Ways.Step at(Block.Exit exit) {
                        return Ways.Step.ON;
                    }
                });
    }

    /** A static handle of a one-shot channel that no call of the program closes. */
    private static void neverClosed(Check check, Doers closers) {
        Set<Place> closed = new HashSet<>();
        List<Facts.SystemCallFact> opened = new ArrayList<>();
        Set<Instr.Call> known = new HashSet<>();
        for (Facts.SystemCallFact fact : check.facts().systemCallsInContext()) {
            if (check.facts().graph().isAbandoned(fact.function())) {
                continue; // What nothing leads to closes nothing.
            }
            Optional<Place> target = target(fact);
            if (Effects.releases(fact.contract(), Effects.CHANNEL)) {
                known.add(fact.call());
                if (target.filter(t -> isOwnLocal(t, fact, check)).isPresent()) {
                    continue; // It never held what a static variable holds.
                }
                if (target.isEmpty() || !isStatic(target.get())) {
                    return;
                }
                closed.add(target.get());
            } else if (Effects.acquires(fact.contract(), Effects.CHANNEL)) {
                opened.add(fact);
            }
        }
        long written =
                check.program().functions().stream()
                        .filter(f -> !check.facts().graph().isAbandoned(f))
                        .flatMap(Function::calls)
                        .filter(closers::is)
                        .count();
        if (known.size() != written) {
            return;
        }
        for (Facts.SystemCallFact fact : opened) {
            Optional<Place> target = target(fact).filter(ChannelLeak::isStatic);
            boolean all =
                    check.program().isWhole()
                            || target.flatMap(Place::variable)
                                    .filter(v -> v.storage() != Variable.Storage.GLOBAL)
                                    .isPresent();
            if (written == 0 && check.program().isWhole() && RoundLeaks.isOneShot(fact, check)) {
                check.report(
                        report(
                                        fact.function(),
                                        fact.call().range(),
                                        "the program opens channels and closes none")
                                .why(
                                        "a channel carries one request; with four of them open no other"
                                                + " can be opened")
                                .help(
                                        "close it after its response was read, and when the request fails"));
            } else if (target.isPresent()
                    && all
                    && !closed.contains(target.get())
                    && RoundLeaks.isOneShot(fact, check)) {
                check.report(
                        report(
                                        fact.function(),
                                        fact.call().range(),
                                        "the channel in '"
                                                + target.get().display()
                                                + "' is never closed")
                                .why(
                                        "it carries one request; with four of them open no other can be"
                                                + " opened")
                                .help(
                                        "close it after its response was read, and when the request fails"));
            }
        }
    }

    private static Optional<Place> target(Facts.SystemCallFact fact) {
        return handlePlace(fact.contract())
                .flatMap(p -> fact.places().getOrDefault(p, Value.UNKNOWN).target());
    }

    private static Optional<String> handlePlace(SystemCall call) {
        return call.effects().stream()
                .filter(e -> e instanceof Effect.Acquires || e instanceof Effect.Releases)
                .map(Effect::place)
                .findFirst();
    }

    /** True for a local variable that only system calls and constants give a value. */
    private static boolean isOwnLocal(Place place, Facts.SystemCallFact fact, Check check) {
        Function function = fact.function();
        Optional<Variable> local =
                place.variable()
                        .filter(v -> v.storage() == Variable.Storage.LOCAL)
                        .filter(function.variables()::contains)
                        .filter(v -> place.path().isEmpty());
        return local.isPresent()
                && function.storesTo(local.get())
                        .allMatch(s -> s.value().uncast() instanceof Expr.Num)
                && function.calls()
                        .filter(c -> handsOn(c, local.get()))
                        .allMatch(c -> check.catalog().call(c.callee()).isPresent())
                && function.stores().noneMatch(s -> isAddressed(s.value(), local.get()));
    }

    private static boolean handsOn(Instr.Call call, Variable variable) {
        return call.arguments().stream().anyMatch(a -> isAddressed(a, variable));
    }

    private static boolean isAddressed(Expr e, Variable variable) {
        return e.walk()
                .anyMatch(
                        x ->
                                x instanceof Expr.AddressOf a
                                        && a.place() instanceof Expr.Var v
                                        && v.variable().equals(variable));
    }

    private static boolean isStatic(Place place) {
        return place.variable().filter(Variable::isStatic).isPresent();
    }

    private static Report report(Function function, SourceRange where, String message) {
        return Report.of(INFO, function.name(), where, message);
    }
}
