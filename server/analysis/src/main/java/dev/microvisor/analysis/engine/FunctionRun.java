package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Follows all paths of one function, once. */
final class FunctionRun {
    /** States kept apart at one block; more are joined with the nearest one. */
    static final int MAX_DISJUNCTS = 16;

    /** Rounds of a loop that are followed apart. */
    private static final int MAX_ROUNDS = 2;

    /** Instructions followed in one function, all paths together. */
    private static final int MAX_STEPS = 60_000;

    /** Ways to return that a summary keeps apart. */
    private static final int MAX_EXITS = 12;

    private final Function function;
    private final Evaluator evaluator;
    private final Transfer transfer;
    private final Listener listener;
    private final CancelToken cancel;
    private final List<List<State>> seen = new ArrayList<>();
    private final TreeMap<Integer, List<State>> work = new TreeMap<>();
    private final int[] order;
    private final Block[] byPosition;
    private final int[] rounds;
    private final Set<Integer> heads = new HashSet<>();
    private final Map<Integer, SourceRange> idle = new HashMap<>();
    private final List<End> ends = new ArrayList<>();
    private int steps;

    /**
     * A path that has left the function.
     *
     * @param whole the structure that it returns, when it returns one
     */
    record End(State state, Value result, Optional<Place> whole) {}

    FunctionRun(
            Function function,
            Evaluator evaluator,
            Transfer transfer,
            Listener listener,
            CancelToken cancel) {
        this.function = function;
        this.evaluator = evaluator;
        this.transfer = transfer;
        this.listener = listener;
        this.cancel = cancel;
        int count = function.blocks().size();
        for (int i = 0; i < count; i++) {
            seen.add(new ArrayList<>());
        }
        this.order = new int[count];
        this.byPosition = new Block[count];
        reversePostOrder();
        this.rounds = new int[count];
        function.loops().forEach(l -> heads.add(l.head().id()));
        function.loops().stream()
                .filter(l -> isIdle(function, l))
                .forEach(l -> idle.put(l.head().id(), l.range()));
    }

    /** True for a loop without an end that calls nothing and stores nothing. */
    private static boolean isIdle(Function function, Function.Loop loop) {
        return loop.blocks().stream()
                .map(function.blocks()::get)
                .allMatch(
                        b ->
                                !(b.exit() instanceof Block.Exit.Return)
                                        && b.instructions().stream()
                                                .allMatch(i -> i instanceof Instr.Asm)
                                        && b.exit().successors().stream()
                                                .allMatch(s -> loop.blocks().contains(s.id())));
    }

    private void reversePostOrder() {
        boolean[] visited = new boolean[function.blocks().size()];
        List<Block> post = new ArrayList<>();
        List<Block> stack = new ArrayList<>();
        List<Integer> next = new ArrayList<>();
        stack.add(function.entry());
        next.add(0);
        visited[function.entry().id()] = true;
        while (!stack.isEmpty()) {
            int top = stack.size() - 1;
            List<Block> successors = stack.get(top).exit().successors();
            int i = next.get(top);
            if (i < successors.size()) {
                next.set(top, i + 1);
                Block to = successors.get(i);
                if (!visited[to.id()]) {
                    visited[to.id()] = true;
                    stack.add(to);
                    next.add(0);
                }
            } else {
                post.add(stack.remove(top));
                next.remove(top);
            }
        }
        for (int i = 0; i < post.size(); i++) {
            int position = post.size() - 1 - i;
            order[post.get(i).id()] = position;
            byPosition[position] = post.get(i);
        }
    }

    List<End> run(State start) {
        arrive(function.entry(), start);
        while (!work.isEmpty() && steps < MAX_STEPS) {
            cancel.throwIfCancelled();
            int first = work.firstKey();
            List<State> states = work.get(first);
            State state = states.remove(states.size() - 1);
            if (states.isEmpty()) {
                work.remove(first);
            }
            follow(byPosition[first], state);
        }
        return ends;
    }

    boolean exhausted() {
        return steps >= MAX_STEPS;
    }

    private void arrive(Block block, State state) {
        List<State> before = seen.get(block.id());
        if (before.contains(state)) {
            return;
        }
        State kept = state;
        boolean head = heads.contains(block.id());
        int limit = head ? Math.min(MAX_DISJUNCTS, 2 * MAX_ROUNDS + 2) : MAX_DISJUNCTS;
        if (head) {
            rounds[block.id()]++;
        }
        if (before.size() >= limit) {
            State nearest = before.get(0);
            int best = Integer.MAX_VALUE;
            for (State other : before) {
                int distance = other.distance(state);
                if (distance < best) {
                    best = distance;
                    nearest = other;
                }
            }
            kept = nearest.join(state);
            if (before.contains(kept)) {
                return;
            }
            before.remove(nearest);
            List<State> waiting = work.get(order[block.id()]);
            if (waiting != null) {
                waiting.remove(nearest);
            }
        }
        before.add(kept);
        work.computeIfAbsent(order[block.id()], o -> new ArrayList<>()).add(kept);
    }

    private void follow(Block block, State arrived) {
        if (idle.containsKey(block.id())) {
            listener.halt(new Halt(function, idle.get(block.id()), arrived));
        }
        List<State> states = new ArrayList<>();
        states.add(arrived.copy());
        for (Instr instr : block.instructions()) {
            List<State> after = new ArrayList<>();
            for (State state : states) {
                steps++;
                after.addAll(transfer.apply(function, instr, state));
            }
            states = after.size() > MAX_DISJUNCTS ? squeeze(after) : after;
        }
        for (State state : states) {
            leave(block, state);
        }
    }

    private static List<State> squeeze(List<State> states) {
        List<State> kept = new ArrayList<>(states.subList(0, MAX_DISJUNCTS));
        for (State extra : states.subList(MAX_DISJUNCTS, states.size())) {
            int nearest = 0;
            int best = Integer.MAX_VALUE;
            for (int i = 0; i < kept.size(); i++) {
                int distance = kept.get(i).distance(extra);
                if (distance < best) {
                    best = distance;
                    nearest = i;
                }
            }
            kept.set(nearest, kept.get(nearest).join(extra));
        }
        return kept;
    }

    private void leave(Block block, State state) {
        Block.Exit exit = block.exit();
        if (exit instanceof Block.Exit.Goto to) {
            arrive(to.target(), state);
        } else if (exit instanceof Block.Exit.Branch branch) {
            List<Branching.Way> ways = new Branching(evaluator).split(branch.condition(), state);
            for (Branching.Way way : ways) {
                if (ways.size() > 1) {
                    way.state()
                            .step(
                                    branch.condition().range(),
                                    way.taken()
                                            ? "assuming this is true"
                                            : "assuming this is false");
                }
                arrive(way.taken() ? branch.yes() : branch.no(), way.state());
            }
        } else if (exit instanceof Block.Exit.Switch choice) {
            new Branching(evaluator)
                    .split(choice, state)
                    .forEach(way -> arrive(way.target(), way.state()));
        } else if (exit instanceof Block.Exit.Return ret) {
            Value result = ret.value().map(e -> returned(e, state)).orElse(Value.UNKNOWN);
            listener.functionEnd(new FunctionExit(function, ret, state, result));
            Optional<Place> whole =
                    ret.value()
                            .filter(e -> e.type().struct().isPresent())
                            .flatMap(e -> evaluator.place(e, state));
            ends.add(new End(state, state.settle(result), whole));
        }
    }

    private Value returned(Expr e, State state) {
        if (e.type().struct().isEmpty()) {
            return evaluator.value(e, state);
        }
        // Of a structure each part is told.
        transfer.copy(e, Summary.returned(e.type()), state);
        return Value.UNKNOWN;
    }

    /** What callers need to know. */
    Summary summary(List<Summary.Use> uses) {
        Set<Summary.Exit> exits = new LinkedHashSet<>();
        ends.forEach(end -> exits.add(exit(end)));
        return new Summary(function, Exits.reduce(exits, MAX_EXITS), uses);
    }

    private Summary.Exit exit(End end) {
        State state = end.state();
        Map<Place, Value> effects = new HashMap<>();
        state.forEachPlace(
                (place, stored) -> {
                    Value value = state.settle(stored);
                    boolean visible =
                            place.root() instanceof Place.Pointee
                                    || Summary.isReturned(place)
                                    || place.variable().filter(Variable::isStatic).isPresent();
                    boolean same = value.symbol().filter(Sym.initial(place)::equals).isPresent();
                    if (visible && !same) {
                        effects.put(place, value);
                    }
                });
        return Exits.trim(end.result(), state, effects);
    }
}
