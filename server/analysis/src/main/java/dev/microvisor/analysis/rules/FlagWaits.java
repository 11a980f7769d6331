package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loops that end only when a channel's handler raises a flag, where the handler overlooks that the
 * connection was lost: after that nobody raises it.
 */
final class FlagWaits {
    private FlagWaits() {}

    /** A loop and the function that it stands in. */
    record Found(Function function, Function.Loop loop, Function handler) {}

    static List<Found> all(Check check) {
        List<Found> found = new ArrayList<>();
        for (Centre centre : Centre.all(check)) {
            if (centre.handler().isEmpty() || !ChannelClosureUnhandled.overlooks(centre, check)) {
                continue;
            }
            Set<Function> code = centre.handlerCode(check);
            Set<Variable> flags = raised(code);
            for (Function function : check.program().functions()) {
                for (Function.Loop loop : function.loops()) {
                    if (!code.contains(function) && waits(function, loop, flags, check)) {
                        found.add(new Found(function, loop, centre.handler().get()));
                    }
                }
            }
        }
        return found;
    }

    private static Set<Variable> raised(Set<Function> code) {
        Set<Variable> flags = new HashSet<>();
        code.stream()
                .flatMap(Function::stores)
                .filter(s -> s.value().uncast() instanceof Expr.Num n && n.value() != 0)
                .map(Instr.Store::place)
                .filter(p -> p instanceof Expr.Var v && v.variable().isStatic())
                .forEach(p -> flags.add(((Expr.Var) p).variable()));
        return flags;
    }

    /** True when only the flags end the loop, and nothing but pauses is done in it. */
    private static boolean waits(
            Function function, Function.Loop loop, Set<Variable> flags, Check check) {
        List<Expr> conditions = UnboundedWait.exits(function, loop);
        boolean onlyFlags =
                conditions.stream()
                        .flatMap(Expr::walk)
                        .allMatch(
                                e ->
                                        e instanceof Expr.Var v
                                                ? flags.contains(v.variable())
                                                : e instanceof Expr.Num
                                                        || e instanceof Expr.Cast
                                                        || e instanceof Expr.Unary
                                                        || e instanceof Expr.Binary);
        return onlyFlags
                && conditions.stream().flatMap(Expr::walk).anyMatch(Expr.Var.class::isInstance)
                && UnboundedWait.instructions(function, loop).stream()
                        .allMatch(i -> isPause(i, check));
    }

    /** Code of others that is no system call, such as a delay or the wait for an interrupt. */
    private static boolean isPause(Instr instr, Check check) {
        if (instr instanceof Instr.Call call) {
            return check.program().function(call.callee()).isEmpty()
                    && check.catalog().call(call.callee()).isEmpty();
        }
        return Stream.of(instr)
                .filter(Instr.Store.class::isInstance)
                .allMatch(s -> ((Instr.Store) s).place() instanceof Expr.Temp);
    }
}
