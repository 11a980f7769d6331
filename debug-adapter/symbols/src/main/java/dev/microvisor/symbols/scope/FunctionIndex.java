package dev.microvisor.symbols.scope;

import dev.microvisor.symbols.dwarf.AddressRange;
import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.DwarfFile;
import dev.microvisor.symbols.dwarf.RangeLists;
import dev.microvisor.symbols.dwarf.Tag;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.dwarf.UnitIndex;
import dev.microvisor.symbols.elf.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Finds functions by address and by name. A unit's functions are read once, when asked for. */
public final class FunctionIndex {
    private final DwarfFile dwarf;
    private final UnitIndex units;
    private final Map<Unit, UnitFunctions> byUnit = new HashMap<>();

    /** The functions of one unit by the start of each of their ranges. */
    private static final class UnitFunctions {
        final List<Function> all = new ArrayList<>();
        final NavigableMap<Long, Function> byStart = new TreeMap<>();
    }

    public FunctionIndex(DwarfFile dwarf, UnitIndex units) {
        this.dwarf = dwarf;
        this.units = units;
    }

    public Optional<Function> functionAt(long address) {
        return units.unitAt(address).flatMap(unit -> functionAt(unit, address));
    }

    private Optional<Function> functionAt(Unit unit, long address) {
        Map.Entry<Long, Function> entry = functions(unit).byStart.floorEntry(address);
        return entry != null && entry.getValue().contains(address)
                ? Optional.of(entry.getValue())
                : Optional.empty();
    }

    /** The functions of a unit in the order of their definition. */
    public List<Function> functionsOf(Unit unit) {
        return functions(unit).all;
    }

    /**
     * All functions with a name: {@code send}, {@code net::Client::send} or as the linker knows it.
     */
    public List<Function> named(String name) {
        List<Function> result = new ArrayList<>();
        for (Unit unit : dwarf.units()) {
            for (Function function : functions(unit).all) {
                if (function.isNamed(name)) {
                    result.add(function);
                }
            }
        }
        return result;
    }

    /**
     * A copy of a function that was compiled into another one.
     *
     * @param entry its first instruction
     */
    public record InlinedCopy(Function into, long entry) {}

    /** The copies of functions with a name, in the order of the functions they are in. */
    public List<InlinedCopy> inlined(String name) {
        List<InlinedCopy> result = new ArrayList<>();
        Map<Die, Boolean> asked = new IdentityHashMap<>();
        for (Unit unit : dwarf.units()) {
            for (Function function : functions(unit).all) {
                collectCopies(function, function.die(), name, asked, result);
            }
        }
        return result;
    }

    private void collectCopies(
            Function function,
            Die block,
            String name,
            Map<Die, Boolean> asked,
            List<InlinedCopy> into) {
        try {
            for (Die child : block.children()) {
                boolean copy = child.tag() == Tag.INLINED_SUBROUTINE;
                if (copy && isNamed(child, name, asked)) {
                    List<AddressRange> ranges = RangeLists.of(child);
                    if (!ranges.isEmpty()) {
                        long first = ranges.get(0).start();
                        long entry = child.address(At.ENTRY_PC).orElse(first) & ~1L;
                        into.add(new InlinedCopy(function, entry));
                    }
                }
                if (copy || child.tag() == Tag.LEXICAL_BLOCK) {
                    collectCopies(function, child, name, asked, into);
                }
            }
        } catch (MalformedException e) {
            dwarf.problems().add(e.getMessage() + "; some inlined calls are skipped");
        }
    }

    /** The name of a copy is that of its origin, which many copies share. */
    private static boolean isNamed(Die copy, String name, Map<Die, Boolean> asked) {
        Die origin = copy.reference(At.ABSTRACT_ORIGIN).orElse(copy);
        return asked.computeIfAbsent(origin, die -> Function.isNamed(die, name));
    }

    private UnitFunctions functions(Unit unit) {
        UnitFunctions known = byUnit.get(unit);
        if (known == null) {
            known = new UnitFunctions();
            byUnit.put(unit, known);
            try {
                collect(unit.root(), known);
            } catch (MalformedException e) {
                dwarf.problems().add(e.getMessage() + "; the rest of that unit is skipped");
            }
        }
        return known;
    }

    private void collect(Die scope, UnitFunctions into) {
        for (Die child : scope.children()) {
            switch (child.tag()) {
                case Tag.SUBPROGRAM:
                    add(child, into);
                    // Lambdas and GNU C's nested functions are inside the one around them.
                    collect(child, into);
                    break;
                case Tag.LEXICAL_BLOCK:
                case Tag.NAMESPACE:
                    collect(child, into);
                    break;
                case Tag.CLASS_TYPE:
                case Tag.STRUCTURE_TYPE:
                    // Methods whose code is with their declaration (other compilers than gcc).
                    collect(child, into);
                    break;
                default:
                    break;
            }
        }
    }

    private void add(Die die, UnitFunctions into) {
        if (!die.has(At.LOW_PC) && !die.has(At.RANGES)) {
            return;
        }
        try {
            List<AddressRange> ranges = RangeLists.of(die);
            if (ranges.isEmpty()) {
                return;
            }
            Function function = new Function(die, ranges);
            into.all.add(function);
            for (AddressRange range : ranges) {
                // Of several names for the same code the first counts.
                into.byStart.putIfAbsent(range.start(), function);
            }
        } catch (MalformedException e) {
            dwarf.problems().add(e.getMessage() + "; that function is skipped");
        }
    }
}
