package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Function;

/**
 * A path comes to where the program goes no further: a loop without an end that does nothing, or an
 * instruction that traps.
 */
public record Halt(Function function, SourceRange where, State state) {}
