package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.Optional;
import java.util.Set;

/** Calls that only tell people something. */
final class LogCalls {
    /** Functions of the C library that print or prepare text. */
    private static final Set<String> LIBRARY =
            Set.of(
                    "printf",
                    "puts",
                    "fprintf",
                    "fputs",
                    "putchar",
                    "snprintf",
                    "sprintf",
                    "vsnprintf",
                    "strlen",
                    "memset");

    private LogCalls() {}

    /**
     * True for a library function of that kind, and for a call that hands a text on to a function
     * which makes no other system calls than those that need no handle.
     */
    static boolean isLog(Instr.Call call, Check check) {
        if (LIBRARY.contains(call.name())) {
            return true;
        }
        boolean text = call.arguments().stream().anyMatch(a -> a.uncast() instanceof Expr.Text);
        Optional<Function> callee = check.program().function(call.callee());
        if (callee.isEmpty()) {
            return text && check.catalog().call(call.callee()).isEmpty();
        }
        return text
                && check.facts().graph().reachable(callee.get()).stream()
                        .flatMap(Function::calls)
                        .flatMap(c -> check.catalog().call(c.callee()).stream())
                        .allMatch(LogCalls::isHarmless);
    }

    /** Logging, clocks and the like. */
    private static boolean isHarmless(SystemCall call) {
        return call.effects().stream()
                .noneMatch(
                        e ->
                                e instanceof Effect.Uses
                                        || e instanceof Effect.Releases
                                        || e instanceof Effect.Acquires);
    }
}
