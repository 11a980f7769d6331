package dev.microvisor.symbols.line;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** From lines to addresses. */
public final class LineLocations {
    private final LineIndex index;

    public LineLocations(LineIndex index) {
        this.index = index;
    }

    /** All places to stop in a range of lines, first line first, both ends included. */
    public List<BreakpointLocation> between(SourceFile file, int firstLine, int lastLine) {
        List<BreakpointLocation> result = new ArrayList<>();
        for (LineTable table : index.tablesNaming(file)) {
            for (int row = 0; row < table.rowCount(); row++) {
                int line = table.lineOf(row);
                if (line >= Math.max(1, firstLine)
                        && line <= lastLine
                        && isPlaceIn(table, row, file)) {
                    result.add(locationOf(table, row, file));
                }
            }
        }
        result.sort(
                Comparator.comparing(BreakpointLocation::line)
                        .thenComparing(BreakpointLocation::address));
        return result;
    }

    /**
     * Every place to stop on a line or, when it has no code, on the next line that has; empty after
     * the last line with code.
     */
    public List<BreakpointLocation> atOrAfter(SourceFile file, int wantedLine) {
        int best = Integer.MAX_VALUE;
        TreeMap<Long, BreakpointLocation> found = new TreeMap<>();
        for (LineTable table : index.tablesNaming(file)) {
            for (int row = 0; row < table.rowCount(); row++) {
                int line = table.lineOf(row);
                if (line < Math.max(1, wantedLine) || line > best || !isPlaceIn(table, row, file)) {
                    continue;
                }
                if (line < best) {
                    best = line;
                    found.clear();
                }
                found.putIfAbsent(table.addressOf(row), locationOf(table, row, file));
            }
        }
        return List.copyOf(found.values());
    }

    private static boolean isPlaceIn(LineTable table, int row, SourceFile file) {
        return table.isStatement(row)
                && !table.isEnd(row)
                && table.fileOf(row).filter(other -> other.path().equals(file.path())).isPresent();
    }

    private static BreakpointLocation locationOf(LineTable table, int row, SourceFile file) {
        return new BreakpointLocation(
                file, table.lineOf(row), table.columnOf(row), table.addressOf(row));
    }
}
