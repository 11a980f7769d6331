package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;

/**
 * A system call that needs a handle, on one path: made here, or inside a function called here.
 *
 * @param function the function that is being followed
 * @param callee name of the called function that makes the system call; empty when made here
 * @param where the system call, or the call of that function
 * @param inside the system call itself, also when it is made inside a function called here
 * @param guarded true when the called function has seen before that the handle is not 0
 * @param value the handle
 */
public record HandleUse(
        Function function,
        String callee,
        SourceRange where,
        SourceRange inside,
        SystemCall contract,
        Effect.Uses effect,
        boolean guarded,
        Value value,
        State state) {}
