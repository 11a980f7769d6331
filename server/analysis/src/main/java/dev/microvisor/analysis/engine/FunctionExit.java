package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Function;

/**
 * A path leaves a function.
 *
 * @param way the {@code return}, or the end of the body
 * @param result the value returned; unknown when there is none
 */
public record FunctionExit(Function function, Block.Exit.Return way, State state, Value result) {}
