package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.dwarf.Macro;
import dev.microvisor.symbols.dwarf.Unit;
import java.util.Optional;

/** Macros of a unit ({@code -g3}). */
public interface MacroIndex {
    /** The macro of a name at the end of the unit. */
    Optional<Macro> macro(Unit unit, String name);
}
