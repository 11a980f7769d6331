package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Function;

/**
 * Bytes are stored into an array.
 *
 * @param place the array
 * @param by the function whose text names the array
 * @param where the store, or the call that is given the array to write into
 */
public record Write(Place place, Function by, SourceRange where) {}
