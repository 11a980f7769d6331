package dev.microvisor.symbols.stop;

import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.line.BreakpointLocation;
import dev.microvisor.symbols.line.LineIndex;
import dev.microvisor.symbols.line.LineLocations;
import dev.microvisor.symbols.line.SourceFile;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.scope.Block;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.scope.FunctionIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses the addresses of breakpoints, as gdb does. */
public final class StopPlaces {
    private final LineIndex lines;
    private final FunctionIndex functions;
    private final LineLocations locations;
    private final Prologue prologue;

    public StopPlaces(LineIndex lines, FunctionIndex functions, Prologue prologue) {
        this.lines = lines;
        this.functions = functions;
        this.locations = new LineLocations(lines);
        this.prologue = prologue;
    }

    /** Where a breakpoint on a function stops: after the code that sets up its frame. */
    public BreakpointPlace ofFunction(Function function) {
        long address = prologue.endOf(function);
        return new BreakpointPlace(address, lines.lineAt(address), Optional.of(function));
    }

    /**
     * Where a breakpoint on a line stops: one place for each copy of the code (template, inlined
     * call), and on the next line with code when this one has none. Empty when there is none.
     */
    public List<BreakpointPlace> ofLine(SourceFile file, int line) {
        List<BreakpointLocation> found = locations.atOrAfter(file, line);
        List<BreakpointPlace> result = new ArrayList<>();
        List<Die> blocks = new ArrayList<>();
        for (BreakpointLocation location : found) {
            Optional<Function> function = functions.functionAt(location.address());
            if (function.isPresent()) {
                // The optimiser scatters a line over its block; only the first piece counts.
                List<Block> around = Block.around(function.get(), location.address());
                Die innermost = around.get(around.size() - 1).die();
                if (blocks.contains(innermost)) {
                    continue;
                }
                blocks.add(innermost);
            }
            result.add(place(location.address(), function));
        }
        return List.copyOf(result);
    }

    /** Where a breakpoint on a function stops in a copy of it that is part of another one. */
    public BreakpointPlace ofCopy(FunctionIndex.InlinedCopy copy) {
        return place(copy.entry(), Optional.of(copy.into()));
    }

    private BreakpointPlace place(long address, Optional<Function> function) {
        if (function.isPresent() && address < function.get().end()) {
            long after = prologue.endOf(function.get());
            if (address >= function.get().entry() && address < after) {
                return new BreakpointPlace(after, lines.lineAt(after), function);
            }
        }
        Optional<SourceLine> line = lines.lineAt(address);
        return new BreakpointPlace(address, line, function);
    }

    /** Every place to stop between two lines, both included. */
    public List<BreakpointLocation> between(SourceFile file, int firstLine, int lastLine) {
        return locations.between(file, firstLine, lastLine);
    }
}
