package dev.microvisor.symbols.stop;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.Tag;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.line.LineIndex;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.scope.Block;
import dev.microvisor.symbols.scope.Function;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the end of a function's prologue: before it, parameters are not yet where the debug
 * information says. The rules are gdb's (symtab.c, skip_prologue_sal and skip_prologue_using_sal).
 */
public final class Prologue {
    /** Lines with code before the body, far more than compilers emit. */
    private static final int MAX_LINES = 64;

    /** DW_LANG_Mips_Assembler, which stands for every assembly language. */
    private static final long LANGUAGE_ASSEMBLER = 0x8001;

    private final LineIndex lines;
    private final PrologueScan scan;
    private final Map<Unit, Boolean> startsAtEntry = new HashMap<>();

    public Prologue(LineIndex lines, PrologueScan scan) {
        this.lines = lines;
        this.scan = scan;
    }

    /** The first address where a person wants to stop in a function. */
    public long endOf(Function function) {
        long entry = function.entry();
        if (startsAtEntry.computeIfAbsent(function.unit(), Prologue::startsAtEntry)) {
            return entry;
        }
        Optional<Long> marked = lines.markedPrologueEnd(entry, function.end());
        if (marked.isPresent()) {
            return marked.get();
        }
        long after = byLines(function, entry);
        if (after == 0) {
            after = scan.endOfPrologue(entry, function.end());
        }
        Optional<SourceLine> line = lines.lineAt(after);
        if (line.isPresent() && line.get().start() != after && line.get().end() < function.end()) {
            return line.get().end();
        }
        return after;
    }

    /** The second line of a function is its body's; 0 when that cannot be told. */
    private long byLines(Function function, long entry) {
        Optional<SourceLine> first = lines.lineAt(entry);
        if (first.isEmpty()) {
            return 0;
        }
        if (lines.hasSeveralRowsAt(entry)) {
            return entry;
        }
        SourceLine prologue = first.get();
        if (prologue.end() >= function.end()) {
            return 0;
        }
        for (int i = 0; i < MAX_LINES && prologue.end() < function.end(); i++) {
            Optional<SourceLine> next = lines.lineAt(prologue.end());
            if (next.isEmpty()
                    || next.get().line() >= prologue.line()
                    || !next.get().file().equals(prologue.file())
                    || isInlined(function, prologue.end())) {
                break;
            }
            // The scheduler moved an instruction of an earlier line into the prologue.
            prologue = next.get();
        }
        return prologue.end() < function.end() ? prologue.end() : prologue.start();
    }

    private static boolean isInlined(Function function, long address) {
        List<Block> around = Block.around(function, address);
        return around.stream().anyMatch(Block::isInlinedCall);
    }

    /**
     * Whether nothing is skipped: in assembly, and where variables have location lists (gdb's sign
     * of optimised code), because these are right from the first instruction on.
     */
    private static boolean startsAtEntry(Unit unit) {
        try {
            return unit.root().constant(At.LANGUAGE).orElse(0) == LANGUAGE_ASSEMBLER
                    || hasLocationLists(unit.root());
        } catch (MalformedException e) {
            unit.file().problems().add(e.getMessage() + "; the rest of that unit is skipped");
            return false;
        }
    }

    private static boolean hasLocationLists(Die parent) {
        for (Die child : parent.children()) {
            int tag = child.tag();
            if ((tag == Tag.VARIABLE || tag == Tag.FORMAL_PARAMETER)
                    && child.has(At.LOCATION)
                    && !child.isBlock(At.LOCATION)) {
                return true;
            }
            if (hasLocationLists(child)) {
                return true;
            }
        }
        return false;
    }
}
