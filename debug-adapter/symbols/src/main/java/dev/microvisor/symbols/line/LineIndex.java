package dev.microvisor.symbols.line;

import dev.microvisor.symbols.dwarf.DwarfFile;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.dwarf.UnitIndex;
import dev.microvisor.symbols.elf.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The line tables of all units. A table is read when an address or file of its unit is first asked
 * for; asking for the list of files reads only the headers. Not thread-safe.
 */
public final class LineIndex {
    private final DwarfFile dwarf;
    private final UnitIndex units;
    private final Map<Unit, LineTable> tables = new HashMap<>();
    private final Map<Unit, List<SourceFile>> filesByUnit = new HashMap<>();
    private Map<String, SourceFile> files;
    private Map<String, Set<Unit>> unitsByPath;

    public LineIndex(DwarfFile dwarf, UnitIndex units) {
        this.dwarf = dwarf;
        this.units = units;
    }

    /** Every file that some line table names, by path. */
    public List<SourceFile> files() {
        readHeaders();
        return List.copyOf(files.values());
    }

    private void readHeaders() {
        if (files != null) {
            return;
        }
        files = new LinkedHashMap<>();
        unitsByPath = new HashMap<>();
        for (Unit unit : dwarf.units()) {
            for (SourceFile file : filesOf(unit)) {
                if (file != null) {
                    files.merge(
                            file.path(), file, (old, other) -> old.md5().isPresent() ? old : other);
                    unitsByPath
                            .computeIfAbsent(file.path(), path -> new LinkedHashSet<>())
                            .add(unit);
                }
            }
        }
    }

    /** A unit's files by number, without running its line program. */
    public List<SourceFile> filesOf(Unit unit) {
        LineTable known = tables.get(unit);
        if (known != null) {
            return known.files();
        }
        return filesByUnit.computeIfAbsent(
                unit,
                key -> {
                    try {
                        return LineHeader.of(key).map(LineHeader::files).orElse(List.of());
                    } catch (MalformedException e) {
                        dwarf.problems().add(e.getMessage() + "; that line table is skipped");
                        return List.of();
                    }
                });
    }

    /** The file with a number as DW_AT_decl_file and DW_AT_call_file use it. */
    public Optional<SourceFile> file(Unit unit, long number) {
        List<SourceFile> known = filesOf(unit);
        return number >= 0 && number < known.size()
                ? Optional.ofNullable(known.get((int) number))
                : Optional.empty();
    }

    LineTable table(Unit unit) {
        LineTable known = tables.get(unit);
        if (known == null) {
            known = read(unit);
            tables.put(unit, known);
            filesByUnit.remove(unit);
        }
        return known;
    }

    private LineTable read(Unit unit) {
        LineTable table = new LineTable(List.of());
        try {
            Optional<LineHeader> header = LineHeader.of(unit);
            if (header.isPresent()) {
                table = new LineTable(header.get().files());
                new LineProgram(header.get(), dwarf, table).run();
            }
        } catch (MalformedException e) {
            dwarf.problems().add(e.getMessage() + "; the rest of that line table is skipped");
            table.finish();
        }
        return table;
    }

    /** The line of an address. */
    public Optional<SourceLine> lineAt(long address) {
        return units.unitAt(address).flatMap(unit -> table(unit).lineAt(address));
    }

    /** The line of an address with all neighbouring code of the same line: what a step leaves. */
    public Optional<SourceLine> wholeLineAt(long address) {
        return units.unitAt(address).flatMap(unit -> table(unit).wholeLineAt(address));
    }

    /** The first row in a range that the compiler marked as the end of a prologue (clang does). */
    public Optional<Long> markedPrologueEnd(long start, long end) {
        return units.unitAt(start).flatMap(unit -> table(unit).prologueEndIn(start, end));
    }

    /** Whether the table has two rows for an address, as for a function without a prologue. */
    public boolean hasSeveralRowsAt(long address) {
        return units.unitAt(address)
                .filter(unit -> table(unit).hasSeveralRowsAt(address))
                .isPresent();
    }

    /** The tables of the units that name a file. */
    List<LineTable> tablesNaming(SourceFile file) {
        readHeaders();
        List<LineTable> result = new ArrayList<>();
        for (Unit unit : unitsByPath.getOrDefault(file.path(), new HashSet<>())) {
            result.add(table(unit));
        }
        return result;
    }
}
