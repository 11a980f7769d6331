package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Function;

/**
 * A path leaves a function.
 *
 * @param way the {@code return}, or the end of the body
 * @param result the value returned; unknown when there is none
 */
public record FunctionExit(Function function, Block.Exit.Return way, State state, Value result) {

    /** True when the caller gets it: as the result, or in the structure returned. */
    public boolean returns(Sym sym) {
        return result.mentions(sym) || state.holders(sym).stream().anyMatch(Summary::isReturned);
    }
}
