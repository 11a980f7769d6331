package dev.microvisor.emulator.core.compiler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a region is to consist of. It is entered at its first block only; the others follow in an
 * order in which every edge that leads back closes a loop.
 */
final class RegionPlan {
    /** More would make HotSpot keep most of them in memory, in loops too. */
    private static final int MAX_LOCALS = 9;

    /** An instruction counts eight times as much for each loop around it. */
    private static final int LOOP_WEIGHT_BITS = 3;

    private static final int MAX_WEIGHED_DEPTH = 8;

    private final List<Block> blocks = new ArrayList<>();
    private final Map<Place, Integer> positions = new HashMap<>();
    private final List<Frame> frames;

    /** Frames of the calls that are followed, by the place of the call. */
    private final Map<Place, Integer> calls;

    private final Map<Place, Set<Integer>> tables;
    private final boolean stopsAtStart;
    private final int[] longest;
    private final int locals;

    /**
     * @param found blocks in any order; those that cannot be reached are left out
     * @param tables for a TBB or TBH, where it may lead as far as its table is known
     * @param stopsAtStart a debugger may stop at the start, so it is entered from outside only
     */
    RegionPlan(
            Map<Place, Block> found,
            Place start,
            List<Frame> frames,
            Map<Place, Integer> calls,
            Map<Place, Set<Integer>> tables,
            boolean stopsAtStart) {
        this.frames = List.copyOf(frames);
        this.calls = Map.copyOf(calls);
        this.tables = Map.copyOf(tables);
        this.stopsAtStart = stopsAtStart;
        order(found, start);
        for (Block block : blocks) {
            positions.put(block.place(), positions.size());
        }
        this.longest = longestPaths();
        this.locals = chooseLocals();
    }

    private void order(Map<Place, Block> found, Place start) {
        Set<Place> visited = new HashSet<>();
        visit(found, start, visited);
        Collections.reverse(blocks);
    }

    /** Depth first; a block comes after all that it leads to, so the reverse is wanted. */
    private void visit(Map<Place, Block> found, Place place, Set<Place> visited) {
        Block block = found.get(place);
        if (block == null || !visited.add(place)) {
            return;
        }
        for (Place next : successors(block)) {
            visit(found, next, visited);
        }
        blocks.add(block);
    }

    /** Where a block leads to inside the region, the next address last. */
    private List<Place> successors(Block block) {
        Map<Place, Boolean> next = new LinkedHashMap<>();
        Step last = block.last();
        Flow flow = Flow.of(last);
        switch (flow) {
            case JUMP, BRANCH -> next.put(block.place().at(last.imm()), true);
            case CALL -> next.put(callAt(block).orElse(block.place().at(block.next())), true);
            case DYNAMIC -> {
                for (int target : tableAt(block)) {
                    next.put(block.place().at(target), true);
                }
                if (last.isIndirectCall()) {
                    next.put(block.place().at(block.next()), true);
                }
                Frame frame = frames.get(block.place().frame());
                if (!frame.isStart() && isReturn(last)) {
                    next.put(frame.returnPlace(), true);
                }
            }
            default -> {
                // Only on, or nowhere.
            }
        }
        boolean on = flow == Flow.ON || flow == Flow.BRANCH;
        if (on || (flow != Flow.OUTSIDE && last.isConditional())) {
            next.put(block.place().at(block.next()), true);
        }
        return List.copyOf(next.keySet());
    }

    /** The guest registers worth a local variable: those that are used most, loops considered. */
    private int chooseLocals() {
        int[] depth = new int[blocks.size()];
        for (int i = 0; i < depth.length; i++) {
            for (Place next : successors(blocks.get(i))) {
                int to = position(next);
                for (int k = to; to >= 0 && k <= i; k++) {
                    depth[k] = Math.min(depth[k] + 1, MAX_WEIGHED_DEPTH);
                }
            }
        }
        long[] uses = new long[16];
        for (int i = 0; i < depth.length; i++) {
            for (Step step : blocks.get(i).steps()) {
                for (int left = step.registers(); left != 0; left &= left - 1) {
                    uses[Integer.numberOfTrailingZeros(left)] +=
                            1L << (LOOP_WEIGHT_BITS * depth[i]);
                }
            }
        }
        return IntStream.range(0, 15)
                .filter(register -> uses[register] > 1)
                .boxed()
                .sorted(Comparator.comparing((Integer register) -> -uses[register]))
                .limit(MAX_LOCALS)
                .mapToInt(register -> 1 << register)
                .sum();
    }

    /** Guest registers that are to live in local variables. */
    int localRegisters() {
        return locals;
    }

    private int[] longestPaths() {
        int[] paths = new int[blocks.size()];
        for (int i = paths.length - 1; i >= 0; i--) {
            int behind = 0;
            // Behind a call of another region there is a look at the number left.
            boolean looks = isCallOut(blocks.get(i)) && !blocks.get(i).last().isConditional();
            for (Place next : looks ? List.<Place>of() : successors(blocks.get(i))) {
                int position = position(next);
                if (position > i) {
                    behind = Math.max(behind, paths[position]);
                }
            }
            paths[i] = behind + blocks.get(i).steps().size();
        }
        return paths;
    }

    private boolean isCallOut(Block block) {
        return block.last().isIndirectCall()
                || (Flow.of(block.last()) == Flow.CALL && callAt(block).isEmpty());
    }

    static boolean isReturn(Step step) {
        return Flow.of(step) == Flow.DYNAMIC && !step.isTableBranch() && !step.isIndirectCall();
    }

    List<Block> blocks() {
        return blocks;
    }

    int start() {
        return blocks.get(0).address();
    }

    Frame frame(int number) {
        return frames.get(number);
    }

    /** Where in the order a place's block is; -1 when branches to it leave the region. */
    int position(Place place) {
        int position = positions.getOrDefault(place, -1);
        return position == 0 && stopsAtStart ? -1 : position;
    }

    /** The place that the call at the end of a block leads to, if it is followed. */
    Optional<Place> callAt(Block block) {
        Integer frame = calls.get(block.lastPlace());
        return frame == null ? Optional.empty() : Optional.of(new Place(frame, block.last().imm()));
    }

    /** Where the table branch at the end of a block may lead, as far as that is known. */
    Set<Integer> tableAt(Block block) {
        return tables.getOrDefault(block.lastPlace(), Set.of());
    }

    /** How many instructions are executed at most from a block on, loops taken once. */
    int longestFrom(int position) {
        return longest[position];
    }

    /** Where calls of other regions return to. */
    Set<Integer> returns() {
        Set<Integer> addresses = new HashSet<>();
        for (Block block : blocks) {
            if (isCallOut(block)) {
                addresses.add(block.next());
            }
        }
        return addresses;
    }

    /** True when it has an instruction with some byte in the range. */
    boolean touches(int from, int lengthBytes) {
        for (Block block : blocks) {
            int size = block.next() - block.address();
            if (from - block.address() < size && block.address() - from < lengthBytes) {
                return true;
            }
        }
        return false;
    }
}
