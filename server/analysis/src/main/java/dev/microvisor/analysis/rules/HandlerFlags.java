package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.LinkedHashMap;
import java.util.Map;

/** Flags with which the handlers of notification centres tell the rest of the program. */
final class HandlerFlags {
    private HandlerFlags() {}

    /**
     * Static numbers and members of structures that such a handler sets to a constant that is not
     * 0, or to which it adds bits, each with the place as the handler writes it.
     */
    static Map<Slot, Expr> of(Check check) {
        Map<Slot, Expr> flags = new LinkedHashMap<>();
        for (Centre centre : Centre.all(check)) {
            for (Function function : centre.handlerCode(check)) {
                function.stores()
                        .filter(s -> s.op().isEmpty() || s.op().equals("|"))
                        .filter(s -> isSet(s.value().uncast()))
                        .map(Instr.Store::place)
                        .filter(p -> p.type().plain() instanceof CType.Int)
                        .filter(p -> !Centre.isRecordField(p, check.catalog()))
                        .forEach(p -> Slot.of(p).ifPresent(f -> flags.putIfAbsent(f, p)));
            }
        }
        return flags;
    }

    /** A constant that is not 0, or bits that are added. */
    private static boolean isSet(Expr value) {
        return value instanceof Expr.Num n
                ? n.value() != 0
                : value instanceof Expr.Binary or
                        && or.op().equals("|")
                        && isSet(or.right().uncast());
    }
}
