package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which states of a walk lead to which, and what is closed on the way. */
final class RoundGraph {
    /** A call with what it finds. */
    record Call(Function function, RoundState start) {}

    /** The start of a block in one call of its function. */
    record Node(Call call, Block block, RoundState state) {}

    /** What may happen from one point to another. */
    private static final class Deeds {
        /** The openings whose channels may be closed, or handed to somebody who may do so. */
        private final Set<Instr.Call> closes = new HashSet<>();

        /** The same after the connection broke. */
        private final Set<Instr.Call> closesBroken = new HashSet<>();

        /** True when the way may end, or lead where nothing is known. */
        private boolean leaves;

        private void add(Deeds other) {
            closes.addAll(other.closes);
            closesBroken.addAll(other.closesBroken);
            leaves |= other.leaves;
        }

        private boolean free(Instr.Call opening, boolean held) {
            return leaves || closes.contains(opening) || (!held && closesBroken.contains(opening));
        }
    }

    private final Map<Node, Set<Node>> before = new LinkedHashMap<>();
    private final Map<Node, Deeds> deeds = new HashMap<>();
    private final Map<Call, Deeds> calls = new HashMap<>();

    /** Where functions return. */
    private final Set<Node> ends = new HashSet<>();

    private final Deque<Deeds> now = new ArrayDeque<>();

    /** What follows happens behind the start of a block. */
    void enter(Node node) {
        Deeds here = deeds.computeIfAbsent(node, n -> new Deeds());
        now.push(here);
        before.computeIfAbsent(node, n -> new LinkedHashSet<>());
    }

    void leave(Node node) {
        calls.computeIfAbsent(node.call(), c -> new Deeds()).add(now.pop());
    }

    void follows(Node node, Node next) {
        before.computeIfAbsent(next, n -> new LinkedHashSet<>()).add(node);
    }

    /** A call was followed; what may happen in it may happen here. */
    void called(Call call) {
        Deeds inside = calls.get(call);
        if (inside != null && !now.isEmpty()) {
            now.peek().add(inside);
        }
    }

    void closes(RoundValue handle, RoundState state) {
        if (handle instanceof RoundValue.Open open) {
            (isBroken(state) ? now.peek().closesBroken : now.peek().closes).add(open.call());
        } else if (!handle.equals(RoundValue.ZERO)) {
            now.peek().leaves = true;
        }
    }

    /** The function returns behind a block. */
    void returns(Node node) {
        ends.add(node);
    }

    void leaves() {
        now.peek().leaves = true;
    }

    private static boolean isBroken(RoundState state) {
        return state.cells().containsKey(RoundConditions.Ghost.BROKEN);
    }

    /**
     * The channels that are open at the start of a round from which no way leads to their closing.
     *
     * @param rounds where rounds start
     * @param held true to count on no closing that only a broken connection leads to
     */
    Map<Instr.Call, KeptChannel> kept(Set<Block> rounds, boolean held) {
        Map<Instr.Call, Set<Node>> free = new HashMap<>();
        Map<Instr.Call, KeptChannel> kept = new LinkedHashMap<>();
        for (Node node : before.keySet()) {
            if (!rounds.contains(node.block())
                    || (held && isBroken(node.state()))
                    || node.state().cells().containsKey(RoundConditions.Ghost.VAGUE)) {
                continue;
            }
            for (Map.Entry<Object, RoundValue> cell : node.state().cells().entrySet()) {
                if (cell.getKey() instanceof Slot slot
                        && cell.getValue() instanceof RoundValue.Open open
                        && !kept.containsKey(open.call())
                        && !free.computeIfAbsent(open.call(), c -> leadingTo(c, held))
                                .contains(node)) {
                    kept.put(
                            open.call(),
                            new KeptChannel(
                                    open.function(),
                                    open.call(),
                                    slot,
                                    held,
                                    node.state().trail()));
                }
            }
        }
        return kept;
    }

    /** All from where a way leads to the closing of what a call has opened, or out of sight. */
    private Set<Node> leadingTo(Instr.Call opening, boolean held) {
        Set<Node> found = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>();
        for (Map.Entry<Node, Deeds> entry : deeds.entrySet()) {
            Node node = entry.getKey();
            if ((ends.contains(node) || entry.getValue().free(opening, held))
                    && !(held && isBroken(node.state()))
                    && found.add(node)) {
                open.add(node);
            }
        }
        while (!open.isEmpty()) {
            for (Node node : before.get(open.poll())) {
                if (!(held && isBroken(node.state())) && found.add(node)) {
                    open.add(node);
                }
            }
        }
        return found;
    }
}
