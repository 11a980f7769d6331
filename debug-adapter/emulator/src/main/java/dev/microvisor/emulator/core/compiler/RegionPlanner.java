package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Op;
import dev.microvisor.emulator.memory.GuestFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the blocks of a region: what direct branches reach from its start, code of the function
 * first, then that of functions it calls.
 */
final class RegionPlanner {
    private static final int PC = 15;

    /** More entries than this in a jump table are not looked at. */
    private static final int MAX_TABLE = 64;

    private final CodeSource source;
    private final int maxInstructions;

    /** Instructions outside IT blocks, and the number of the walk that found them. */
    private final Map<Integer, Step> seen = new HashMap<>();

    private final Map<Integer, Integer> walkOf = new HashMap<>();
    private final Set<Integer> leaders = new LinkedHashSet<>();
    private final Set<Integer> entries = new HashSet<>();
    private final Map<Integer, Set<Integer>> tables = new HashMap<>();
    private final Deque<Integer> near = new ArrayDeque<>();
    private final Deque<Integer> far = new ArrayDeque<>();
    private int count;

    private RegionPlanner(CodeSource source, int maxInstructions) {
        this.source = source;
        this.maxInstructions = maxInstructions;
    }

    /** The region from an address; empty when its first instruction is not to be compiled. */
    static Optional<RegionPlan> plan(CodeSource source, int start, int maxInstructions) {
        return new RegionPlanner(source, maxInstructions).plan(start);
    }

    private Optional<RegionPlan> plan(int start) {
        entries.add(start);
        near.push(start);
        for (int walk = 0; count < maxInstructions && !(near.isEmpty() && far.isEmpty()); walk++) {
            walk(near.isEmpty() ? far.poll() : near.pop(), walk);
        }
        List<Block> blocks = new ArrayList<>();
        List<Integer> order = new ArrayList<>(leaders);
        order.removeIf(address -> !seen.containsKey(address));
        order.sort(Comparator.comparing((Integer at) -> walkOf.get(at)).thenComparing(at -> at));
        for (int leader : order) {
            block(leader).ifPresent(blocks::add);
        }
        Set<Integer> starts = new HashSet<>();
        blocks.forEach(block -> starts.add(block.address()));
        entries.retainAll(starts);
        return entries.contains(start)
                ? Optional.of(new RegionPlan(blocks, entries, tables, stops(starts)))
                : Optional.empty();
    }

    private Set<Integer> stops(Set<Integer> starts) {
        Set<Integer> stops = new HashSet<>(starts);
        stops.removeIf(address -> !source.isStop(address));
        return stops;
    }

    /** Follows the code from an address to where it branches. */
    private void walk(int start, int walk) {
        leaders.add(start);
        int address = start;
        int it = 0;
        while (true) {
            if (it == 0) {
                if (seen.containsKey(address)) {
                    leaders.add(address);
                    return;
                }
                if (address != start && source.isStop(address)) {
                    entry(address);
                    return;
                }
                if (count >= maxInstructions) {
                    return;
                }
            }
            Step step = decode(address, it);
            if (step == null) {
                return;
            }
            if (it == 0) {
                seen.put(address, step);
                walkOf.put(address, walk);
            }
            count++;
            int itAfter = itAfter(step);
            if (!follow(step, itAfter)) {
                return;
            }
            address = step.next();
            it = itAfter;
        }
    }

    static int itAfter(Step step) {
        if (step.op() == Op.IT) {
            return step.imm();
        }
        int it = step.it();
        return (it & 7) == 0 ? 0 : (it & 0xE0) | (it << 1 & 0x1F);
    }

    private Step decode(int address, int it) {
        try {
            return new Step(address, source.decode(address, it != 0), it);
        } catch (GuestFault fault) {
            return null;
        }
    }

    /** Notes where a step leads; true when the walk goes on behind it. */
    private boolean follow(Step step, int itAfter) {
        switch (Flow.of(step)) {
            case ON:
                return true;
            case JUMP:
                near.push(step.imm());
                break;
            case BRANCH:
                near.push(step.imm());
                near.push(step.next());
                return false;
            case CALL:
                entry(step.next());
                far.add(step.imm());
                return false;
            case DYNAMIC:
                if (step.op() == Op.BLX) {
                    entry(step.next());
                }
                jumpTable(step);
                break;
            case OUTSIDE:
                if (itAfter == 0) {
                    entry(step.next());
                }
                return false;
        }
        if (step.isConditional()) {
            near.push(step.next());
        }
        return false;
    }

    private void entry(int address) {
        entries.add(address);
        near.push(address);
    }

    /** Reads the table of {@code cmp rm, #n; bhi default; tbb [pc, rm]}. */
    private void jumpTable(Step step) {
        boolean halves = step.op() == Op.TBH;
        if ((!halves && step.op() != Op.TBB) || step.rn() != PC) {
            return;
        }
        Step branch = before(step.address());
        Step compare = branch == null || branch.op() != Op.BHI ? null : before(branch.address());
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
        targets.forEach(near::push);
        tables.put(step.address(), targets);
    }

    private Step before(int address) {
        for (int size = 2; size <= 4; size += 2) {
            Step step = seen.get(address - size);
            if (step != null && step.next() == address) {
                return step;
            }
        }
        return null;
    }

    /** The block from a leader to the next one, or to where it branches. */
    private Optional<Block> block(int leader) {
        List<Step> steps = new ArrayList<>();
        int address = leader;
        int it = 0;
        while (it != 0
                || (seen.containsKey(address)
                        && (address == leader || !leaders.contains(address)))) {
            Step step = it == 0 ? seen.get(address) : decode(address, it);
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
            address = step.next();
        }
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Block(leader, steps, steps.get(steps.size() - 1).next()));
    }
}
