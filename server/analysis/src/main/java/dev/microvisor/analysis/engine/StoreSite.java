package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;

/**
 * A store on one path, before it happens.
 *
 * @param index which element is stored to; unknown when none is
 * @param before what the place held
 * @param value what is stored
 */
public record StoreSite(
        Function function,
        Instr.Store store,
        Place place,
        Value index,
        Value before,
        Value value,
        State state) {}
