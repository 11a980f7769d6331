package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.LinkedHashSet;
import java.util.Set;

/** Flags with which the handlers of notification centres tell the rest of the program. */
final class HandlerFlags {
    private HandlerFlags() {}

    /** Scalars of static life that such a handler sets to a constant that is not 0. */
    static Set<Variable> of(Check check) {
        Set<Variable> flags = new LinkedHashSet<>();
        for (Centre centre : Centre.all(check)) {
            for (Function function : centre.handlerCode(check)) {
                function.instructions()
                        .filter(Instr.Store.class::isInstance)
                        .map(Instr.Store.class::cast)
                        .filter(s -> s.op().isEmpty() && s.place() instanceof Expr.Var)
                        .filter(s -> s.value().uncast() instanceof Expr.Num n && n.value() != 0)
                        .map(s -> ((Expr.Var) s.place()).variable())
                        .filter(v -> v.isStatic() && v.type().plain() instanceof CType.Int)
                        .forEach(flags::add);
            }
        }
        return flags;
    }
}
