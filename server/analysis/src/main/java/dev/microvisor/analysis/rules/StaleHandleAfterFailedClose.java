package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Flags a failed close that leaves its handle in the variable, when the program opens anew only
 * while that variable is 0.
 */
public final class StaleHandleAfterFailedClose implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("stale-handle-after-failed-close", Severity.WARNING, RuleInfo.Tag.HANDLES);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** A close that failed with the handle still in its variable, where the function ends. */
    private record Kept(Function function, SourceRange close) {}

    /** What the paths showed. */
    private static final class Seen {
        private final Map<Place, Kept> kept = new LinkedHashMap<>();

        /** Which variables a function opens into without having found them 0. */
        private final Map<Function, Set<Place>> openers = new HashMap<>();

        private final Map<Place, SourceRange> guarded = new HashMap<>();
    }

    @Override
    public void onCall(CallSite site, Check check) {
        Seen seen = check.memory(this, Seen.class, Seen::new);
        Set<Place> opened = new HashSet<>();
        site.contract().stream()
                .flatMap(c -> Effects.of(c, Effect.Acquires.class))
                .flatMap(a -> site.valueAt(a.place()).target().stream())
                .filter(StaleHandleAfterFailedClose::isStatic)
                .forEach(opened::add);
        check.program()
                .function(site.call().callee())
                .ifPresent(f -> opened.addAll(seen.openers.getOrDefault(f, Set.of())));
        for (Place place : opened) {
            if (isZero(place, site)) {
                seen.guarded.putIfAbsent(place, site.call().nameRange());
            } else {
                seen.openers.computeIfAbsent(site.function(), f -> new HashSet<>()).add(place);
            }
        }
    }

    private static boolean isStatic(Place place) {
        return place.variable().filter(Variable::isStatic).isPresent();
    }

    private static boolean isZero(Place place, CallSite site) {
        Value value = site.load(place);
        return value.equals(Value.ZERO)
                || value.symbol().map(s -> site.state().set(s).isOnly(0)).orElse(false);
    }

    @Override
    public void onFunctionEnd(Function function, State state, Check check) {
        for (Map.Entry<Sym, Handle> entry : state.handles().entrySet()) {
            Handle.Change change = entry.getValue().change();
            if (change == null || !change.state().equals(Handle.CLOSED)) {
                continue;
            }
            ValueSet can = state.set(change.status());
            boolean failed =
                    !can.contains(0)
                            && !can.within(change.when())
                            && !state.set(entry.getKey()).isOnly(0);
            boolean settled = !state.isTrusted(change.status()) || check.program().isWhole();
            if (failed && settled) {
                state.holders(entry.getKey()).stream()
                        .filter(StaleHandleAfterFailedClose::isStatic)
                        .forEach(
                                p ->
                                        check.memory(this, Seen.class, Seen::new)
                                                .kept
                                                .putIfAbsent(
                                                        p, new Kept(function, change.where())));
            }
        }
    }

    @Override
    public void checkProgram(Check check) {
        Seen seen = check.memory(this, Seen.class, Seen::new);
        for (Map.Entry<Place, Kept> entry : seen.kept.entrySet()) {
            Place place = entry.getKey();
            SourceRange guarded = seen.guarded.get(place);
            if (guarded != null && !isReset(place, check) && !opensAnyway(place, seen, check)) {
                report(entry.getValue(), place, guarded, check);
            }
        }
    }

    /** True when the program itself stores into the variable, or lets others do so. */
    private static boolean isReset(Place place, Check check) {
        return check.program().functions().stream()
                .flatMap(Function::instructions)
                .filter(Instr.Store.class::isInstance)
                .map(i -> ((Instr.Store) i).place())
                .anyMatch(e -> named(e).filter(place.toString()::startsWith).isPresent());
    }

    /** The place of a store as {@link Place} writes it. */
    private static Optional<String> named(Expr e) {
        if (e instanceof Expr.Var v) {
            return Optional.of(v.variable().key());
        }
        return e instanceof Expr.Field f
                ? named(f.base()).map(b -> b + "." + f.name())
                : Optional.empty();
    }

    /** True when a loop opens into the variable whatever it holds. */
    private static boolean opensAnyway(Place place, Seen seen, Check check) {
        for (Map.Entry<Function, Set<Place>> opener : seen.openers.entrySet()) {
            if (opener.getValue().contains(place)) {
                for (var site : check.facts().graph().callers(opener.getKey())) {
                    Set<Place> further = seen.openers.getOrDefault(site.caller(), Set.of());
                    boolean inLoop =
                            site.caller().loops().stream()
                                    .anyMatch(
                                            l ->
                                                    l.blocks()
                                                            .contains(
                                                                    Ways.blockOf(
                                                                                    site.caller(),
                                                                                    site.call())
                                                                            .map(b -> b.id())
                                                                            .orElse(-1)));
                    if (further.contains(place) && inLoop) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static void report(Kept kept, Place place, SourceRange guarded, Check check) {
        Optional<Instr.Call> close = Inevitable.callAt(kept.function(), kept.close());
        check.report(
                Report.of(
                                INFO,
                                kept.function().name(),
                                close.map(Instr.Call::nameRange).orElse(kept.close()),
                                "'" + place.display() + "' keeps its handle when this close fails")
                        .why(
                                "the program opens anew only when it is 0: after one failed close it"
                                        + " never does")
                        .help("set it to 0 when the close fails: the handle is of no use any more")
                        .note(guarded, "opened only when it is 0"));
    }
}
