package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What calls and stores do to the channels of a {@link RoundState}, and which of them get lost. */
final class RoundChannels {
    private final Subject subject;
    private final RoundCells cells;
    private final RoundConditions conditions;
    private final RoundGraph graph;
    private final Deque<RoundState> callers;
    private final Map<Instr.Call, LostChannel> lost = new LinkedHashMap<>();

    /** Somebody further up the calls holds a value, too. */
    record Held(RoundValue value) {}

    /**
     * @param callers the states at the calls that led here, innermost first, as they change
     */
    RoundChannels(
            Subject subject,
            RoundCells cells,
            RoundConditions conditions,
            RoundGraph graph,
            Deque<RoundState> callers) {
        this.subject = subject;
        this.cells = cells;
        this.conditions = conditions;
        this.graph = graph;
        this.callers = callers;
    }

    List<LostChannel> lost() {
        return List.copyOf(lost.values());
    }

    /** The states after a call that opens, closes or uses up a channel; empty for all others. */
    Optional<List<RoundState>> call(Function function, Instr.Call call, RoundState state) {
        if (subject.openers().is(call) || subject.closers().is(call)) {
            return Optional.of(systemCall(function, call, state));
        }
        return asked(call, state).map(open -> request(call, open, state));
    }

    /** The open channel that a call sends the one request of. */
    private Optional<RoundValue.Open> asked(Instr.Call call, RoundState state) {
        Optional<SystemCall> contract = subject.openers().contract(call);
        if (contract.isEmpty()
                || !Effects.requests(contract.get())
                || !Effects.isOneShot(contract.get())) {
            return Optional.empty();
        }
        return Effects.of(contract.get(), Effect.Uses.class)
                .filter(u -> u.resource().equals(Effects.CHANNEL))
                .map(u -> contract.get().parameterIndex(u.place()))
                .filter(i -> i >= 0 && i < call.arguments().size())
                .map(i -> conditions.value(call.arguments().get(i), state))
                .filter(RoundValue.Open.class::isInstance)
                .map(RoundValue.Open.class::cast)
                .findFirst();
    }

    private List<RoundState> request(Instr.Call call, RoundValue.Open open, RoundState state) {
        Object result = call.result().id();
        RoundState sent = state.with(result, RoundValue.ZERO);
        if (call.equals(open.request())) {
            lose(open, call, state);
        }
        for (Map.Entry<Object, RoundValue> cell : state.cells().entrySet()) {
            if (cell.getValue().equals(open)) {
                sent =
                        sent.with(
                                cell.getKey(),
                                new RoundValue.Open(open.function(), open.call(), call));
            }
        }
        return List.of(
                sent.step(call.nameRange(), "sent here"),
                state.with(result, RoundValue.NONZERO)
                        .step(call.nameRange(), "assuming this fails"));
    }

    private List<RoundState> systemCall(Function function, Instr.Call call, RoundState state) {
        Optional<Object> cell =
                subject.openers()
                        .contract(call)
                        .flatMap(c -> RoundCells.handleArgument(call, c))
                        .flatMap(a -> conditions.pointee(a, state));
        Object result = call.result().id();
        RoundState good = state.with(result, RoundValue.ZERO);
        RoundState bad = state.with(result, RoundValue.NONZERO);
        if (cell.isEmpty()) {
            if (subject.closers().is(call)) {
                graph.leaves();
            }
            return List.of(good, bad);
        }
        if (!subject.openers().is(call)) {
            RoundValue handle = state.get(cell.get());
            graph.closes(handle, state);
            RoundState closed = without(handle, good).with(cell.get(), RoundValue.ZERO);
            RoundState tried = without(handle, bad).with(cell.get(), RoundValue.ANY);
            return List.of(closed.step(call.nameRange(), "closed here"), tried);
        }
        overwritten(cell.get(), call, state);
        RoundValue.Open open = new RoundValue.Open(function, call, null);
        return List.of(
                good.with(cell.get(), open)
                        .with(RoundConditions.Ghost.VAGUE, RoundValue.ANY)
                        .with(RoundConditions.Ghost.BROKEN, RoundValue.ANY)
                        .step(call.nameRange(), "opened here"),
                bad.step(call.nameRange(), "assuming this fails"));
    }

    /** Copies of a handle that somebody has tried to close tell nothing any more. */
    private static RoundState without(RoundValue handle, RoundState state) {
        RoundState left = state;
        if (handle instanceof RoundValue.Open) {
            for (Map.Entry<Object, RoundValue> cell : state.cells().entrySet()) {
                if (cell.getValue().equals(handle)) {
                    left = left.with(cell.getKey(), RoundValue.ANY);
                }
            }
        }
        return left;
    }

    void overwritten(Object cell, Instr by, RoundState state) {
        if (cell instanceof Slot slot
                && cells.handles().contains(slot)
                && state.get(slot) instanceof RoundValue.Open open
                && !state.isElsewhere(open, slot)
                && !state.cells().containsKey(new Held(open))) {
            lose(open, by, state);
        }
    }

    private void lose(RoundValue.Open open, Instr by, RoundState state) {
        if (state.cells().containsKey(RoundConditions.Ghost.VAGUE)
                || state.cells().containsKey(RoundConditions.Ghost.NEWS)
                || lost.containsKey(open.call())) {
            return;
        }
        List<Note> trail = new ArrayList<>();
        List<RoundState> outer = new ArrayList<>(callers);
        Collections.reverse(outer);
        outer.forEach(s -> trail.addAll(s.trail()));
        trail.addAll(state.trail());
        Optional<Slot> slot =
                state.cells().entrySet().stream()
                        .filter(c -> c.getKey() instanceof Slot && c.getValue().equals(open))
                        .map(c -> (Slot) c.getKey())
                        .findFirst();
        lost.put(open.call(), new LostChannel(open.function(), open.call(), slot, by, trail));
    }
}
