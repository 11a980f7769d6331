package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The slots that a program reads somewhere, or may let others read: by their own address, with that
 * of a structure around them, or in a copy of it.
 */
final class SlotReads {
    /** Structures in structures. */
    private static final int MAX_NESTING = 4;

    private final Set<Slot> all = new HashSet<>();

    SlotReads(Program program) {
        for (Function function : program.functions()) {
            for (Block block : function.blocks()) {
                Instr before = null;
                for (Instr instr : block.instructions()) {
                    if (!isUnused(instr, before)) {
                        read(instr);
                    }
                    before = instr;
                }
                block.exit().expressions().forEach(this::read);
            }
        }
        program.globals().forEach(g -> g.declaration().initializer().ifPresent(this::read));
    }

    Set<Slot> all() {
        return all;
    }

    /** The value of an assignment that is a statement. */
    private static boolean isUnused(Instr instr, Instr before) {
        return instr instanceof Instr.Eval
                && before instanceof Instr.Store store
                && instr.range().equals(store.range());
    }

    private void read(Instr instr) {
        if (instr instanceof Instr.Store store && store.op().isEmpty()) {
            read(store.value());
            way(store.place());
        } else {
            instr.expressions().forEach(this::read);
        }
    }

    private void read(Expr e) {
        if (e instanceof Expr.AddressOf address) {
            read(address.place());
        } else if (e instanceof Expr.Var || e instanceof Expr.Field) {
            Slot.of(e).ifPresent(all::add);
            members(e.type(), 0);
            way(e);
        } else {
            members(e.type(), 0);
            e.parts().forEach(this::read);
        }
    }

    /** What is read on the way to a place: indices and pointers, but not the objects around it. */
    private void way(Expr place) {
        if (place instanceof Expr.Field field) {
            way(field.base());
        } else if (place instanceof Expr.Index index) {
            read(index.index());
            pointerOrWay(index.base());
        } else if (!(place instanceof Expr.Var)) {
            List<Expr> parts = place.parts();
            parts.forEach(this::read);
        }
    }

    private void pointerOrWay(Expr base) {
        if (base.type().isPointer()) {
            read(base);
        } else {
            way(base);
        }
    }

    private void members(CType type, int nesting) {
        if (nesting < MAX_NESTING) {
            type.struct().stream()
                    .flatMap(s -> s.members().stream())
                    .forEach(
                            m -> {
                                all.add(new Slot("", m.where()));
                                members(m.type(), nesting + 1);
                            });
        }
    }
}
