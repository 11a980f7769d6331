package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.dwarf.Unit;
import java.util.Optional;

/** Macros of a unit ({@code -g3}). */
public interface MacroIndex {
    /** What a macro without parameters stands for at the end of the unit. */
    Optional<String> body(Unit unit, String name);
}
