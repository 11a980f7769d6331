package dev.microvisor.emulator.core.compiler;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a region is to consist of.
 *
 * @param blocks in the order in which they are generated
 * @param entries addresses at which it may be entered; each begins a block
 * @param tables for a TBB or TBH, where it may lead as far as its table is known
 * @param stops blocks that are entered only from outside, because a debugger may stop there
 */
record RegionPlan(
        List<Block> blocks,
        Set<Integer> entries,
        Map<Integer, Set<Integer>> tables,
        Set<Integer> stops) {
    RegionPlan {
        blocks = List.copyOf(blocks);
        entries = Set.copyOf(entries);
        tables = Map.copyOf(tables);
        stops = Set.copyOf(stops);
    }

    int instructions() {
        return blocks.stream().mapToInt(block -> block.steps().size()).sum();
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
