package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;

/**
 * A read of a variable whose value may be missing.
 *
 * @param unset tells which call should have stored something
 * @param certain true when on this path the call did fail, false when nobody asked
 */
public record ReadSite(
        Function function,
        Expr expression,
        Place place,
        Value.Unset unset,
        boolean certain,
        State state) {}
