package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.List;

/** The constants that a program puts into a slot, where they are written. */
final class SlotConstants {
    /** Functions through which a value is followed to those who give it. */
    private static final int MAX_CALLERS = 3;

    private final Program program;
    private final List<Given> found = new ArrayList<>();

    /**
     * @param function where it is written; empty for an initialiser outside of functions
     */
    record Given(String function, Expr.Num value) {}

    private SlotConstants(Program program) {
        this.program = program;
    }

    static List<Given> of(Slot slot, Program program) {
        SlotConstants search = new SlotConstants(program);
        for (Variable global : program.globals()) {
            global.declaration().initializer().ifPresent(e -> search.initial(slot, global, e));
        }
        for (Function function : program.functions()) {
            function.stores().forEach(s -> search.stored(slot, function, s));
        }
        return search.found;
    }

    private void initial(Slot slot, Variable global, Expr value) {
        if (new Slot(global.key(), null).equals(slot)) {
            add("", value);
        } else {
            members(slot, "", global.type(), value);
        }
    }

    private void stored(Slot slot, Function function, Instr.Store store) {
        if (store.op().isEmpty() && Slot.of(store.place()).filter(slot::equals).isPresent()) {
            given(function, store.value(), MAX_CALLERS);
        } else {
            members(slot, function.name(), store.place().type(), store.value());
        }
    }

    /** The member of a structure that is written down as a whole. */
    private void members(Slot slot, String function, CType type, Expr value) {
        if (slot.member() == null || !(value instanceof Expr.Aggregate whole)) {
            return;
        }
        for (Expr.Entry entry : whole.entries()) {
            boolean same =
                    type.struct()
                            .filter(s -> entry.path().startsWith("."))
                            .flatMap(s -> s.member(entry.path().substring(1)))
                            .filter(m -> slot.member().equals(m.where()))
                            .isPresent();
            if (same) {
                add(function, entry.value());
            }
        }
    }

    private void given(Function function, Expr value, int callers) {
        add(function.name(), value);
        if (!(value.uncast() instanceof Expr.Var v)
                || function.storesTo(v.variable()).findAny().isPresent()
                || callers == 0) {
            return;
        }
        int index = function.parameters().indexOf(v.variable());
        for (Function caller : index < 0 ? List.<Function>of() : program.functions()) {
            caller.calls()
                    .filter(c -> c.callee().equals(function.key()))
                    .filter(c -> c.arguments().size() > index)
                    .forEach(c -> given(caller, c.arguments().get(index), callers - 1));
        }
    }

    private void add(String function, Expr value) {
        if (value.uncast() instanceof Expr.Num number) {
            found.add(new Given(function, number));
        }
    }
}
