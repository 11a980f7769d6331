package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.FunctionExit;
import dev.microvisor.analysis.engine.Halt;
import dev.microvisor.analysis.engine.HandleUse;
import dev.microvisor.analysis.engine.ReadSite;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.WriteSite;
import dev.microvisor.analysis.ir.Function;

/**
 * A rule. It gets asked in several ways and answers those that it needs. States are only valid
 * during the question; the same place is asked about once for every path that reaches it.
 */
public interface Rule {
    RuleInfo info();

    /** Once for each function, without paths. */
    default void checkFunction(Function function, Check check) {}

    /** A path reaches a call; see {@link CallSite} for what is known there. */
    default void onCall(CallSite site, Check check) {}

    /**
     * A path reaches a system call with the values that one of the function's callers gives; asked
     * after all of {@link #onCall}. For rules that hold values against contracts.
     */
    default void onCallInContext(CallSite site, Check check) {}

    /** A path uses a handle, here or inside a function called here. */
    default void onHandleUse(HandleUse use, Check check) {}

    /** A path reads a variable that a failed call may have left without a value. */
    default void onUnsetRead(ReadSite site, Check check) {}

    /** A path is about to store. */
    default void onStore(StoreSite site, Check check) {}

    /** The same with the values that one of the function's callers gives; see above. */
    default void onStoreInContext(StoreSite site, Check check) {}

    /** A path is about to write into an array of bytes, here or inside a function called here. */
    default void onWrite(WriteSite site, Check check) {}

    /** A path ends in a loop that does nothing, or in a trap. */
    default void onHalt(Halt halt, Check check) {}

    /** A path leaves a function. */
    default void onFunctionEnd(Function function, State state, Check check) {}

    /** A path leaves a function with a result; asked together with {@link #onFunctionEnd}. */
    default void onReturn(FunctionExit exit, Check check) {}

    /** Once, with everything. */
    default void checkProgram(Check check) {}
}
