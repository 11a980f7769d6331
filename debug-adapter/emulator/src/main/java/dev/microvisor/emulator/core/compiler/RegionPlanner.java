package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Conditions;
import dev.microvisor.emulator.core.Op;
import dev.microvisor.emulator.memory.GuestFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Finds the blocks of a region: what direct branches reach from its start, and short functions that
 * are called.
 */
final class RegionPlanner {
    private static final int PC = 15;

    /** More entries than this in a jump table are not looked at. */
    private static final int MAX_TABLE = 64;

    /** Calls inside calls that are followed. */
    private static final int MAX_DEPTH = 3;

    /** Functions with more instructions are not taken into the region. */
    private static final int MAX_FUNCTION = 64;

    /** The same for functions that can be called as regions of their own. */
    private static final int MAX_DUPLICATE = 12;

    private final CodeSource source;

    /** Where other regions begin. */
    private final IntPredicate entrances;

    private final int maxInstructions;

    /** Instructions outside IT blocks. */
    private final Map<Place, Step> seen = new HashMap<>();

    private final Set<Place> leaders = new LinkedHashSet<>();
    private final Map<Place, Set<Integer>> tables = new HashMap<>();
    private final List<Frame> frames = new ArrayList<>();
    private final Map<Place, Integer> calls = new HashMap<>();
    private final Deque<Place> waiting = new ArrayDeque<>();
    private int count;

    private RegionPlanner(CodeSource source, IntPredicate entrances, int maxInstructions) {
        this.source = source;
        this.entrances = entrances;
        this.maxInstructions = maxInstructions;
    }

    /** The region from an address; empty when its first instruction is not to be compiled. */
    static Optional<RegionPlan> plan(
            CodeSource source, IntPredicate entrances, int start, int maxInstructions) {
        return new RegionPlanner(source, entrances, maxInstructions).plan(start);
    }

    private Optional<RegionPlan> plan(int address) {
        Place start = new Place(0, address);
        frames.add(Frame.start(address));
        waiting.add(start);
        while (count < maxInstructions && !waiting.isEmpty()) {
            walk(waiting.poll());
        }
        Map<Place, Block> blocks = new LinkedHashMap<>();
        for (Place leader : leaders) {
            if (seen.containsKey(leader)) {
                block(leader).ifPresent(block -> blocks.put(leader, block));
            }
        }
        return blocks.containsKey(start)
                ? Optional.of(
                        new RegionPlan(
                                blocks, start, frames, calls, tables, source.isStop(address)))
                : Optional.empty();
    }

    /** Follows the code from a place to where it branches. */
    private void walk(Place start) {
        leaders.add(start);
        Place place = start;
        int it = 0;
        while (true) {
            if (it == 0) {
                if (seen.containsKey(place)) {
                    leaders.add(place);
                    return;
                }
                if (count >= maxInstructions || (!seen.isEmpty() && isBorder(place))) {
                    return;
                }
            }
            Step step = decode(place.address(), it);
            if (step == null || (step.op() == Op.IT && stopsInside(step))) {
                return;
            }
            if (it == 0) {
                seen.put(place, step);
            }
            count++;
            if (!follow(place, step)) {
                return;
            }
            it = itAfter(step);
            place = place.at(step.next());
        }
    }

    /** True when the region must not run on there, or another one takes over. */
    private boolean isBorder(Place place) {
        return source.isStop(place.address()) || entrances.test(place.address());
    }

    /** True when a debugger may stop before an instruction of an IT block. */
    private boolean stopsInside(Step it) {
        Step step = it;
        for (int state = itAfter(it); state != 0; state = itAfter(step)) {
            step = decode(step.next(), state);
            if (step == null || source.isStop(step.address())) {
                return true;
            }
        }
        return false;
    }

    static int itAfter(Step step) {
        return step.op() == Op.IT ? step.imm() : Conditions.advance(step.it());
    }

    private Step decode(int address, int it) {
        try {
            return new Step(address, source.decode(address, it != 0), it);
        } catch (GuestFault fault) {
            return null;
        }
    }

    /** Notes where a step leads; true when the walk goes on behind it. */
    private boolean follow(Place place, Step step) {
        switch (Flow.of(step)) {
            case ON:
                return true;
            case JUMP:
                waiting.add(place.at(step.imm()));
                break;
            case BRANCH:
                waiting.add(place.at(step.next()));
                waiting.add(place.at(step.imm()));
                return false;
            case CALL:
                followCall(place, step);
                break;
            case DYNAMIC:
                jumpTable(place, step);
                if (step.isIndirectCall()) {
                    waiting.add(place.at(step.next()));
                }
                break;
            case OUTSIDE:
                return false;
        }
        if (step.isConditional()) {
            waiting.add(place.at(step.next()));
        }
        return false;
    }

    private void followCall(Place place, Step step) {
        Frame caller = frames.get(place.frame());
        int function = step.imm();
        waiting.add(place.at(step.next()));
        int max = entrances.test(function) ? MAX_DUPLICATE : MAX_FUNCTION;
        if (caller.depth() >= MAX_DEPTH || isActive(caller, function) || !isShort(function, max)) {
            return;
        }
        int number = frames.size();
        frames.add(new Frame(place.frame(), step.next(), function, caller.depth() + 1));
        calls.put(place, number);
        waiting.add(new Place(number, function));
    }

    private boolean isActive(Frame caller, int function) {
        Frame frame = caller;
        while (true) {
            if (frame.function() == function) {
                return true;
            }
            if (frame.isStart()) {
                return false;
            }
            frame = frames.get(frame.caller());
        }
    }

    /** True when a function is short enough, all of its paths taken together. */
    private boolean isShort(int function, int max) {
        Set<Integer> visited = new HashSet<>();
        Deque<Integer> branches = new ArrayDeque<>(List.of(function));
        while (!branches.isEmpty()) {
            int address = branches.poll();
            int it = 0;
            while (visited.add(address)) {
                Step step = visited.size() > max ? null : decode(address, it);
                if (step == null) {
                    return false;
                }
                Flow flow = Flow.of(step);
                if (flow == Flow.OUTSIDE || isJump(step.op())) {
                    // It is left for somewhere else, and what it returns to is known only
                    // if it was called as a region of its own.
                    return false;
                }
                if (flow == Flow.JUMP || flow == Flow.BRANCH) {
                    branches.add(step.imm());
                }
                if ((flow == Flow.JUMP || RegionPlan.isReturn(step)) && !step.isConditional()) {
                    break;
                }
                it = itAfter(step);
                address = step.next();
            }
        }
        return true;
    }

    /** True for a branch to an address from a table or a veneer, rarely to where a call returns. */
    private static boolean isJump(int op) {
        return op == Op.LDR_ANY || op == Op.MOV_PC || op == Op.ADD_PC;
    }

    /** Reads the table of {@code cmp rm, #n; bhi default; tbb [pc, rm]}. */
    private void jumpTable(Place place, Step step) {
        boolean halves = step.op() == Op.TBH;
        if (!step.isTableBranch() || step.rn() != PC) {
            return;
        }
        Step branch = before(place);
        Step compare =
                branch == null || branch.op() != Op.BHI ? null : before(place.at(branch.address()));
        if (compare == null
                || compare.op() != Op.CMP_IMM
                || compare.rn() != step.rm()
                || compare.imm() < 0
                || compare.imm() >= MAX_TABLE) {
            return;
        }
        Set<Integer> targets = new LinkedHashSet<>();
        for (int i = 0; i <= compare.imm(); i++) {
            int at = step.imm() + (halves ? 2 * i : i);
            int offset = source.peekByte(at) | (halves ? source.peekByte(at + 1) << 8 : 0);
            targets.add(step.imm() + 2 * offset);
        }
        targets.forEach(target -> waiting.add(place.at(target)));
        tables.put(place, targets);
    }

    private Step before(Place place) {
        for (int size = 2; size <= 4; size += 2) {
            Step step = seen.get(place.at(place.address() - size));
            if (step != null && step.next() == place.address()) {
                return step;
            }
        }
        return null;
    }

    /** The block from a leader to the next one, or to where it branches. */
    private Optional<Block> block(Place leader) {
        List<Step> steps = new ArrayList<>();
        Place place = leader;
        int it = 0;
        while (it != 0
                || (seen.containsKey(place)
                        && (place.equals(leader) || !leaders.contains(place)))) {
            Step step = it == 0 ? seen.get(place) : decode(place.address(), it);
            if (step == null) {
                break;
            }
            Flow flow = Flow.of(step);
            if (flow == Flow.OUTSIDE && step.it() == 0) {
                break;
            }
            steps.add(step);
            if (flow != Flow.ON) {
                break;
            }
            it = itAfter(step);
            place = place.at(step.next());
        }
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block(leader, steps, steps.get(steps.size() - 1).next()));
    }
}
