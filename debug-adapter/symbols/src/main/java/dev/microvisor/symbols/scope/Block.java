package dev.microvisor.symbols.scope;

import dev.microvisor.symbols.dwarf.AddressRange;
import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.RangeLists;
import dev.microvisor.symbols.dwarf.Tag;
import java.util.ArrayList;
import java.util.List;

/**
 * A function body, a block in braces, or the copy of an inlined function, as the entry that
 * describes it.
 */
public record Block(Die die) {
    public boolean isInlinedCall() {
        return die.tag() == Tag.INLINED_SUBROUTINE;
    }

    /** The function or inlined function whose body this is, or that this block lies in. */
    public boolean isFunctionBody() {
        return isInlinedCall() || die.tag() == Tag.SUBPROGRAM;
    }

    /**
     * The blocks around an address, from the function's body to the innermost one.
     *
     * @param function a function that holds the address
     */
    public static List<Block> around(Function function, long address) {
        List<Block> result = new ArrayList<>();
        Die at = function.die();
        while (at != null) {
            result.add(new Block(at));
            at = childHolding(at, address);
        }
        return result;
    }

    private static Die childHolding(Die parent, long address) {
        for (Die child : parent.children()) {
            int tag = child.tag();
            if (tag == Tag.LEXICAL_BLOCK || tag == Tag.INLINED_SUBROUTINE) {
                if (holds(child, address)) {
                    return child;
                }
                // A block without addresses is only a bracket around others.
                if (!child.has(At.LOW_PC) && !child.has(At.RANGES)) {
                    Die inside = childHolding(child, address);
                    if (inside != null) {
                        return inside;
                    }
                }
            }
        }
        return null;
    }

    private static boolean holds(Die die, long address) {
        for (AddressRange range : RangeLists.of(die)) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
