package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows all rounds of an entry point through the functions that it calls, until nothing new
 * comes: state by state, with nothing joined, so that what hangs together stays together. What is
 * not followed may be anything at any time.
 */
final class RoundWalk {
    /** Instructions followed in all. */
    private static final int MAX_STEPS = 150_000;

    /** States at one block of one call; more say that the wrong things are followed. */
    private static final int MAX_STATES = 400;

    private static final int MAX_DEPTH = 40;

    private final Subject subject;
    private final RoundCells cells;
    private final RoundConditions conditions;
    private final Set<Function> relevant = new HashSet<>();
    private final RoundGraph graph = new RoundGraph();
    private final Map<RoundGraph.Call, List<End>> known = new HashMap<>();
    private final Set<RoundGraph.Call> running = new HashSet<>();
    private final Map<Function, LiveLocals> live = new HashMap<>();
    private final Deque<RoundState> callers = new ArrayDeque<>();
    private final RoundChannels channels;
    private final Set<Block> rounds = new HashSet<>();
    private int steps;

    /** True when some way was not followed to its end. */
    private boolean incomplete;

    /** A way to return: what the followed variables hold then, and the result. */
    private record End(RoundState state, RoundValue result) {}

    /** What lies behind a pointer that a caller hands over. */
    private record Out(int argument) {}

    RoundWalk(Subject subject, RoundCells cells) {
        this.subject = subject;
        this.cells = cells;
        this.conditions = new RoundConditions(cells);
        this.channels = new RoundChannels(subject, cells, conditions, graph, callers);
        findRelevant();
    }

    /** The functions that open, close, or touch what is followed. */
    private void findRelevant() {
        for (Function function : cells.code()) {
            boolean does =
                    subject.openers().direct().contains(function)
                            || subject.closers().direct().contains(function);
            if (does || touches(function)) {
                relevant.add(function);
            }
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Function function : cells.code()) {
                grown |=
                        subject.graph().callees(function).stream().anyMatch(relevant::contains)
                                && relevant.add(function);
            }
        }
    }

    private boolean touches(Function function) {
        boolean changes =
                function.instructions()
                        .anyMatch(
                                i ->
                                        i instanceof Instr.Unread
                                                || cells.all().anyMatch(s -> s.isStoredBy(i)));
        return changes
                || Stream.concat(
                                function.instructions().flatMap(i -> i.expressions().stream()),
                                function.blocks().stream()
                                        .flatMap(b -> b.exit().expressions().stream()))
                        .flatMap(Expr::walk)
                        .anyMatch(e -> Slot.of(e).filter(cells::isFollowed).isPresent());
    }

    /** What is lost on some way; not all, when something cannot be followed. */
    List<LostChannel> from(Function entry, RoundState start) {
        for (Function function : cells.code()) {
            if (function.equals(entry) || subject.facts().isNeverReturning(function)) {
                function.loops().forEach(l -> rounds.add(l.head()));
            }
        }
        call(entry, start, 0);
        return channels.lost();
    }

    /**
     * Channels that stay open for good on some way of a loop that opens channels; none, when some
     * way was not followed.
     */
    List<KeptChannel> kept() {
        if (incomplete) {
            return List.of();
        }
        Set<Block> opening = new HashSet<>();
        for (Function function : cells.code()) {
            function.loops().stream()
                    .filter(l -> rounds.contains(l.head()) && opens(function, l))
                    .forEach(l -> opening.add(l.head()));
        }
        Map<Instr.Call, KeptChannel> kept = graph.kept(opening, true);
        kept.putAll(graph.kept(opening, false));
        return List.copyOf(kept.values());
    }

    private boolean opens(Function function, Function.Loop loop) {
        return function.blocks().stream()
                .filter(b -> loop.blocks().contains(b.id()))
                .flatMap(b -> b.instructions().stream())
                .anyMatch(i -> i instanceof Instr.Call c && subject.openers().may(c));
    }

    private List<End> call(Function function, RoundState start, int depth) {
        RoundGraph.Call call = new RoundGraph.Call(function, start);
        List<End> ends = known.get(call);
        if (ends != null) {
            return ends;
        }
        if (depth > MAX_DEPTH || !running.add(call)) {
            incomplete = true;
            return List.of();
        }
        ends = follow(call, start.fresh(), depth);
        running.remove(call);
        known.put(call, ends);
        return ends;
    }

    private List<End> follow(RoundGraph.Call call, RoundState start, int depth) {
        Visit visit = new Visit(call);
        visit.arrive(null, call.function().entry(), start);
        while (!visit.open.isEmpty() && steps < MAX_STEPS) {
            RoundGraph.Node node = visit.open.poll();
            graph.enter(node);
            List<RoundState> states = List.of(node.state());
            for (Instr instr : node.block().instructions()) {
                List<RoundState> after = new ArrayList<>();
                for (RoundState state : states) {
                    steps++;
                    after.addAll(step(call.function(), instr, state, depth));
                }
                states = after.stream().distinct().toList();
            }
            for (RoundState state : states) {
                visit.leave(node, state);
            }
            graph.leave(node);
        }
        incomplete |= !visit.open.isEmpty();
        return List.copyOf(visit.ends);
    }

    /** One call of a function with all its ways. */
    private final class Visit {
        private final RoundGraph.Call call;
        private final LiveLocals locals;
        private final Map<Block, Set<RoundState>> seen = new HashMap<>();
        private final Deque<RoundGraph.Node> open = new ArrayDeque<>();
        private final Set<End> ends = new LinkedHashSet<>();

        private Visit(RoundGraph.Call call) {
            this.call = call;
            this.locals = live.computeIfAbsent(call.function(), LiveLocals::new);
        }

        /**
         * @param from where the way comes from; null for the function's start
         */
        private void arrive(RoundGraph.Node from, Block block, RoundState state) {
            Set<Object> needed = locals.at(block);
            RoundState begun =
                    rounds.contains(block)
                            ? state.with(RoundConditions.Ghost.NEWS, RoundValue.ANY)
                            : state;
            RoundState kept =
                    begun.only(c -> isLasting(c) || c instanceof Out || needed.contains(c));
            RoundGraph.Node node = new RoundGraph.Node(call, block, kept);
            if (from != null) {
                graph.follows(from, node);
            }
            Set<RoundState> before = seen.computeIfAbsent(block, b -> new HashSet<>());
            if (before.size() >= MAX_STATES) {
                incomplete |= !before.contains(kept);
            } else if (before.add(kept)) {
                open.add(node);
            }
        }

        private void leave(RoundGraph.Node node, RoundState state) {
            Block.Exit exit = node.block().exit();
            if (exit instanceof Block.Exit.Goto to) {
                arrive(node, to.target(), state);
            } else if (exit instanceof Block.Exit.Branch branch) {
                RoundConditions.Split split = conditions.split(branch.condition(), state);
                split.yes().forEach(s -> arrive(node, branch.yes(), s));
                split.no().forEach(s -> arrive(node, branch.no(), s));
            } else if (exit instanceof Block.Exit.Switch choice) {
                conditions
                        .split(choice, state)
                        .forEach(way -> arrive(node, way.getKey(), way.getValue()));
            } else if (exit instanceof Block.Exit.Return ret) {
                List<Map.Entry<RoundValue, RoundState>> results =
                        ret.value()
                                .map(e -> conditions.values(e, state))
                                .orElse(List.of(Map.entry(RoundValue.ANY, state)));
                for (Map.Entry<RoundValue, RoundState> r : results) {
                    ends.add(new End(r.getValue().only(RoundWalk::isTold), r.getKey()));
                }
                graph.returns(node);
            }
        }
    }

    /** True for what does not end with its function. */
    private static boolean isLasting(Object cell) {
        return cell instanceof Slot
                || cell instanceof RoundChannels.Held
                || cell instanceof RoundConditions.Ghost;
    }

    /** True for what callers learn of. */
    private static boolean isTold(Object cell) {
        return cell instanceof Out || cell instanceof Slot || cell instanceof RoundConditions.Ghost;
    }

    private List<RoundState> step(Function function, Instr instr, RoundState state, int depth) {
        if (instr instanceof Instr.Store store) {
            return store(store, state);
        }
        if (instr instanceof Instr.Declare declare) {
            return List.of(state.with(declare.variable(), RoundValue.ANY));
        }
        if (instr instanceof Instr.Unread) {
            incomplete = true;
            return List.of();
        } else if (instr instanceof Instr.Asm asm && asm.isTrap()) {
            return List.of();
        } else if (instr instanceof Instr.Call call) {
            return call(function, call, state, depth);
        }
        return List.of(state);
    }

    private List<RoundState> store(Instr.Store store, RoundState state) {
        Optional<Object> cell = conditions.cell(store.place(), state);
        if (cell.isEmpty()) {
            RoundValue value = conditions.value(store.value(), state);
            if (value instanceof RoundValue.Open) {
                graph.closes(value, state); // Whoever reads it there may do so.
            }
            return List.of(without(store, state));
        }
        List<RoundState> after = new ArrayList<>();
        for (Map.Entry<RoundValue, RoundState> way : conditions.values(store.value(), state)) {
            if (way.getKey().equals(RoundValue.ZERO)) {
                channels.overwritten(cell.get(), store, way.getValue());
            }
            after.add(stored(cell.get(), way.getKey(), way.getValue()));
        }
        return after;
    }

    /** A flag that was cleared may be set again at once. */
    private RoundState stored(Object cell, RoundValue value, RoundState state) {
        boolean fleeting =
                cell instanceof Slot slot && cells.isEvent(slot) && value.numbers().contains(0);
        return state.with(cell, fleeting ? RoundValue.ANY : value);
    }

    /** Forgets what a structure as a whole overwrites. */
    private RoundState without(Instr instr, RoundState state) {
        RoundState left = state;
        for (Slot slot : cells.all().filter(s -> s.isStoredBy(instr)).toList()) {
            left = left.with(slot, RoundValue.ANY);
        }
        return left;
    }

    private List<RoundState> call(Function function, Instr.Call call, RoundState state, int depth) {
        List<RoundState> after = called(function, call, state, depth);
        boolean followed =
                subject.program()
                        .function(call.callee(), call.range().file())
                        .filter(relevant::contains)
                        .isPresent();
        if (followed || subject.openers().is(call) || subject.closers().is(call)) {
            return after;
        }
        // What is handed over by its address may have another value now.
        List<Object> handed =
                call.arguments().stream()
                        .map(Expr::uncast)
                        .filter(Expr.AddressOf.class::isInstance)
                        .map(a -> LiveLocals.cell(((Expr.AddressOf) a).place()))
                        .filter(Objects::nonNull)
                        .toList();
        List<RoundState> all = new ArrayList<>();
        for (RoundState s : after) {
            RoundState left = s;
            for (Object cell : handed) {
                left = left.with(cell, RoundValue.ANY);
            }
            all.add(left);
        }
        return all;
    }

    private List<RoundState> called(
            Function function, Instr.Call call, RoundState state, int depth) {
        Object result = call.result().id();
        Optional<List<RoundState>> done = channels.call(function, call, state);
        if (done.isPresent()) {
            return done.get();
        }
        Optional<Function> callee = subject.program().function(call.callee(), call.range().file());
        if (callee.isEmpty()) {
            if (subject.program().targets(call.callee()).stream().anyMatch(relevant::contains)) {
                incomplete = true;
                return List.of();
            }
            return List.of(without(call, state).with(result, RoundValue.ANY));
        }
        if (callee.get().noReturn() || subject.facts().isNeverReturning(callee.get())) {
            graph.leaves();
            if (relevant.contains(callee.get())) {
                enter(callee.get(), call, state, depth);
            }
            return List.of();
        }
        List<RoundState> possible = demanded(callee.get(), call, state);
        if (!relevant.contains(callee.get())) {
            return possible.stream().map(s -> s.with(result, RoundValue.ANY)).toList();
        }
        List<RoundState> after = new ArrayList<>();
        for (RoundState before : possible) {
            for (End end : enter(callee.get(), call, before, depth)) {
                RoundState back =
                        before.only(c -> c instanceof RoundChannels.Held || !isLasting(c))
                                .and(end.state().only(c -> !(c instanceof Out)));
                for (int i = 0; i < call.arguments().size(); i++) {
                    Optional<Object> behind = behind(call.arguments().get(i), before);
                    if (behind.isPresent()) {
                        back = back.with(behind.get(), end.state().get(new Out(i)));
                    }
                }
                after.add(back.steps(end.state().trail()).with(result, end.result()));
            }
        }
        return after;
    }

    /** What ends with this function, or with one that called it, and is handed on by address. */
    private Optional<Object> behind(Expr argument, RoundState state) {
        return conditions.value(argument, state) instanceof RoundValue.At at
                        && !(at.cell() instanceof Slot)
                ? Optional.of(at.cell())
                : Optional.empty();
    }

    private List<End> enter(Function callee, Instr.Call call, RoundState state, int depth) {
        RoundState start = state.only(RoundWalk::isLasting);
        for (Map.Entry<Object, RoundValue> cell : state.cells().entrySet()) {
            if (!(cell.getKey() instanceof Slot) && cell.getValue() instanceof RoundValue.Open) {
                start = start.with(new RoundChannels.Held(cell.getValue()), RoundValue.of(1));
            }
        }
        List<Variable> parameters = callee.parameters();
        for (int i = 0; i < Math.min(parameters.size(), call.arguments().size()); i++) {
            Optional<Object> behind = behind(call.arguments().get(i), state);
            if (behind.isPresent()) {
                Out out = new Out(i);
                start = start.with(out, state.get(behind.get()));
                start = start.with(parameters.get(i), new RoundValue.At(out));
            } else {
                start =
                        start.with(
                                parameters.get(i),
                                conditions.value(call.arguments().get(i), state));
            }
        }
        callers.push(state);
        List<End> ends = call(callee, start, depth + 1);
        callers.pop();
        graph.called(new RoundGraph.Call(callee, start));
        return ends;
    }

    /** The states in which a function returns that stops the program in all others. */
    private List<RoundState> demanded(Function callee, Instr.Call call, RoundState state) {
        List<RoundState> left = List.of(state);
        for (Map.Entry<Integer, ValueSet> demand : subject.facts().asserted(callee).entrySet()) {
            if (demand.getKey() >= call.arguments().size()) {
                continue;
            }
            Expr argument = call.arguments().get(demand.getKey());
            boolean truth = !demand.getValue().contains(0) && demand.getValue().contains(1);
            boolean zero = demand.getValue().isOnly(0);
            List<RoundState> next = new ArrayList<>();
            for (RoundState s : left) {
                RoundConditions.Split split = conditions.split(argument, s);
                if (!zero) {
                    next.addAll(split.yes());
                }
                if (!truth) {
                    next.addAll(split.no());
                }
            }
            left = next;
        }
        return left;
    }
}
