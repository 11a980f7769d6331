package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
    private record Kept(Function function, SourceRange close, String name) {}

    /** What the paths showed. */
    private static final class Seen {
        private final Map<Slot, Kept> kept = new LinkedHashMap<>();

        /** Where a function opens into without having found it 0. */
        private final Map<Function, Set<Slot>> openers = new HashMap<>();

        private final Map<Slot, SourceRange> guarded = new HashMap<>();
    }

    @Override
    public void onCall(CallSite site, Check check) {
        Seen seen = check.memory(this, Seen.class, Seen::new);
        Set<Slot> opened = new HashSet<>();
        site.contract().stream()
                .flatMap(c -> Effects.of(c, Effect.Acquires.class))
                .flatMap(a -> site.valueAt(a.place()).target().stream())
                .flatMap(p -> Slot.lasting(p).stream())
                .forEach(opened::add);
        check.program()
                .function(site.call().callee())
                .ifPresent(f -> opened.addAll(seen.openers.getOrDefault(f, Set.of())));
        for (Slot slot : opened) {
            if (isZero(slot, site.state())) {
                seen.guarded.putIfAbsent(slot, site.call().nameRange());
            } else {
                seen.openers.computeIfAbsent(site.function(), f -> new HashSet<>()).add(slot);
            }
        }
    }

    /** True when the path found 0 there, or stored it. */
    private static boolean isZero(Slot slot, State state) {
        return state.zeros().stream().anyMatch(p -> Slot.of(p).filter(slot::equals).isPresent());
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
                Map<Slot, Kept> kept = check.memory(this, Seen.class, Seen::new).kept;
                for (Place place : holders(entry.getKey(), state)) {
                    Kept here = new Kept(function, change.where(), place.display());
                    Slot.lasting(place).ifPresent(s -> kept.putIfAbsent(s, here));
                }
            }
        }
    }

    /** The variables with a handle's value; one that nothing was stored to has kept it, too. */
    private static List<Place> holders(Sym handle, State state) {
        List<Place> holders = new ArrayList<>(state.holders(handle));
        if (handle.place() != null && holders.isEmpty()) {
            holders.add(handle.place());
        }
        return holders;
    }

    @Override
    public void checkProgram(Check check) {
        Seen seen = check.memory(this, Seen.class, Seen::new);
        for (Map.Entry<Slot, Kept> entry : seen.kept.entrySet()) {
            Slot slot = entry.getKey();
            SourceRange guarded = seen.guarded.get(slot);
            if (guarded != null
                    && !isReset(slot, entry.getValue().function(), check)
                    && !opensAnyway(slot, seen, check)) {
                report(entry.getValue(), guarded, check);
            }
        }
    }

    /** True when the function that closes stores into the slot, or code that follows it does. */
    private static boolean isReset(Slot slot, Function closing, Check check) {
        Set<Function> storing = new HashSet<>();
        for (Function function : check.program().functions()) {
            if (function.instructions().anyMatch(slot::isStoredBy)) {
                storing.add(function);
            }
        }
        Predicate<Function> resets =
                f ->
                        storing.contains(f)
                                || check.facts().graph().reachable(f).stream()
                                        .anyMatch(storing::contains);
        Set<Function> level = new HashSet<>(Set.of(closing));
        Set<Function> seen = new HashSet<>();
        while (!level.isEmpty()) {
            Set<Function> callers = new HashSet<>();
            for (Function function : level) {
                if (!seen.add(function)) {
                    continue;
                }
                for (CallGraph.Site site : check.facts().graph().callers(function)) {
                    if (follows(site, slot, resets, check)) {
                        return true;
                    }
                    callers.add(site.caller());
                }
            }
            level = callers;
        }
        return resets.test(closing);
    }

    /** True when a way from a call leads to a store into the slot. */
    private static boolean follows(
            CallGraph.Site site, Slot slot, Predicate<Function> resets, Check check) {
        return Ways.find(
                site.caller(),
                site.call(),
                instr -> {
                    boolean stores =
                            slot.isStoredBy(instr)
                                    || (instr instanceof Instr.Call c
                                            && check.program()
                                                    .function(c.callee())
                                                    .filter(resets)
                                                    .isPresent());
                    return stores ? Ways.Step.FOUND : Ways.Step.ON;
                });
    }

    /** True when a loop opens into the variable whatever it holds. */
    private static boolean opensAnyway(Slot slot, Seen seen, Check check) {
        for (Map.Entry<Function, Set<Slot>> opener : seen.openers.entrySet()) {
            if (opener.getValue().contains(slot)) {
                for (var site : check.facts().graph().callers(opener.getKey())) {
                    Set<Slot> further = seen.openers.getOrDefault(site.caller(), Set.of());
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
                    if (further.contains(slot) && inLoop) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static void report(Kept kept, SourceRange guarded, Check check) {
        Optional<Instr.Call> close = Inevitable.callAt(kept.function(), kept.close());
        check.report(
                Report.of(
                                INFO,
                                kept.function().name(),
                                close.map(Instr.Call::nameRange).orElse(kept.close()),
                                "'" + kept.name() + "' keeps its handle when this close fails")
                        .why(
                                "the program opens anew only when it is 0: after one failed close it"
                                        + " never does")
                        .help("set it to 0 when the close fails: the handle is of no use any more")
                        .note(guarded, "opened only when it is 0"));
    }
}
