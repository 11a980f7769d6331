package dev.microvisor.analysis.engine;

/** Hears what happens on the paths; states are only valid during the call. */
public interface Listener {
    default void call(CallSite site) {}

    /** A system call with what one of the function's callers gave it. */
    default void callInContext(CallSite site) {}

    default void unsetRead(ReadSite site) {}

    default void handleUse(HandleUse use) {}

    /** A path leaves a function. */
    default void functionEnd(FunctionExit exit) {}

    /** A path writes into an array of bytes, here or inside a function called here. */
    default void write(WriteSite site) {}

    /** A path ends in a loop that does nothing, or in a trap. */
    default void halt(Halt halt) {}

    /** A store on a path, before it happens. */
    default void store(StoreSite site) {}

    /** The same with what one of the function's callers gave it. */
    default void storeInContext(StoreSite site) {}
}
