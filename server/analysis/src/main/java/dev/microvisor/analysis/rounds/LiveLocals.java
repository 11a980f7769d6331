package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The locals and temporaries of a function that are still read behind the start of a block. */
final class LiveLocals {
    private final Map<Block, Set<Object>> live = new HashMap<>();

    LiveLocals(Function function) {
        List<Block> blocks = function.blocks();
        blocks.forEach(b -> live.put(b, new HashSet<>()));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int i = blocks.size() - 1; i >= 0; i--) {
                grown |= live.get(blocks.get(i)).addAll(before(blocks.get(i)));
            }
        }
    }

    /** What is read from a block on before it is written: variables, and ids of temporaries. */
    Set<Object> at(Block block) {
        return live.get(block);
    }

    private Set<Object> before(Block block) {
        Set<Object> now = new HashSet<>();
        block.exit().successors().forEach(s -> now.addAll(live.get(s)));
        block.exit().expressions().forEach(e -> read(e, now));
        List<Instr> backwards = new ArrayList<>(block.instructions());
        Collections.reverse(backwards);
        for (Instr instr : backwards) {
            if (instr instanceof Instr.Store store) {
                now.remove(cell(store.place()));
                read(store.value(), now);
                if (cell(store.place()) == null || !store.op().isEmpty()) {
                    read(store.place(), now);
                }
            } else {
                if (instr instanceof Instr.Call call) {
                    now.remove(call.result().id());
                } else if (instr instanceof Instr.Declare declare) {
                    now.remove(declare.variable());
                }
                instr.expressions().forEach(e -> read(e, now));
            }
        }
        return now;
    }

    private static void read(Expr e, Set<Object> to) {
        e.walk().map(LiveLocals::cell).filter(Objects::nonNull).forEach(to::add);
    }

    /** The variable or the id of the temporary that an expression is; null for all others. */
    static Object cell(Expr e) {
        if (e instanceof Expr.Temp temp) {
            return temp.id();
        }
        return e instanceof Expr.Var v && v.variable().isAutomatic() ? v.variable() : null;
    }
}
