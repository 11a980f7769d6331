package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ways that lead on from a point of a function, without what is known of values. */
final class Ways {
    private Ways() {}

    /** What to do at a step. */
    enum Step {
        ON,
        /** This way ends here. */
        STOP,
        /** What was looked for; nothing more is asked. */
        FOUND
    }

    /** Looks at the steps of a way. */
    interface Visitor {
        Step at(Instr instr);

        /** The end of a block: a branch, a switch, a return. */
        default Step at(Block.Exit exit) {
            return Step.ON;
        }
    }

    /** The block of an instruction. */
    static Optional<Block> blockOf(Function function, Instr instr) {
        return function.blocks().stream().filter(b -> b.instructions().contains(instr)).findFirst();
    }

    /** True when some way from behind an instruction leads to what the visitor looks for. */
    static boolean find(Function function, Instr from, Visitor visitor) {
        Optional<Block> block = blockOf(function, from);
        return block.isPresent()
                && find(block.get(), block.get().instructions().indexOf(from) + 1, visitor);
    }

    /** True when some way leads from one instruction to another that does not pass a third. */
    static boolean lead(Function function, Instr from, Instr to, Instr around) {
        return find(
                function,
                from,
                instr -> {
                    if (instr.equals(to)) {
                        return Step.FOUND;
                    }
                    return instr.equals(around) ? Step.STOP : Step.ON;
                });
    }

    /** What {@code find} finds from the start of a block. */
    static boolean find(Block from, Visitor visitor) {
        return find(from, 0, visitor);
    }

    private static boolean find(Block first, int index, Visitor visitor) {
        Deque<Block> open = new ArrayDeque<>();
        Set<Integer> seen = new HashSet<>();
        Step step = through(first, index, visitor);
        push(first, step, open, seen);
        while (true) {
            if (step == Step.FOUND) {
                return true;
            }
            Block block = open.poll();
            if (block == null) {
                return false;
            }
            step = through(block, 0, visitor);
            push(block, step, open, seen);
        }
    }

    private static void push(Block block, Step step, Deque<Block> open, Set<Integer> seen) {
        if (step == Step.ON) {
            block.exit().successors().stream().filter(b -> seen.add(b.id())).forEach(open::add);
        }
    }

    private static Step through(Block block, int index, Visitor visitor) {
        List<Instr> instructions = block.instructions();
        for (Instr instr : instructions.subList(index, instructions.size())) {
            Step step = visitor.at(instr);
            if (step != Step.ON) {
                return step;
            }
        }
        return visitor.at(block.exit());
    }
}
