package dev.microvisor.symbols.dwarf;

import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.ElfFile;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The debug sections of a program and the units in them. Reading is lazy and caches, so one thread
 * at a time may use it: {@link dev.microvisor.symbols.Program} sees to that.
 */
public final class DwarfFile {
    private static final int MAX_UNITS = 1 << 20;

    private final ElfFile elf;
    private final Problems problems;

    /** Whether somebody was told that debug information is in files of its own. */
    private boolean splitTold;

    private final List<Unit> units = new ArrayList<>();
    private final List<Unit> typeUnits = new ArrayList<>();
    private final Map<Long, AbbreviationTable> abbreviations = new HashMap<>();
    private Map<Long, Unit> bySignature;

    public DwarfFile(ElfFile elf, Problems problems) {
        this.elf = elf;
        this.problems = problems;
        readUnits(".debug_info");
        readUnits(".debug_types");
    }

    private void readUnits(String name) {
        Slice section;
        try {
            section = elf.contents(name);
        } catch (MalformedException e) {
            problems.add(e.getMessage());
            return;
        }
        int offset = 0;
        while (offset < section.length() && units.size() + typeUnits.size() < MAX_UNITS) {
            int end;
            try {
                end = UnitHeader.endOf(section, offset);
            } catch (MalformedException e) {
                problems.add(e.getMessage() + "; the units after it are not read");
                return;
            }
            try {
                addUnit(section, UnitHeader.read(section, offset, name.equals(".debug_types")));
            } catch (MalformedException e) {
                problems.add(e.getMessage() + "; that unit is skipped");
            }
            offset = end;
        }
    }

    private void addUnit(Slice section, UnitHeader header) {
        Unit unit = new Unit(this, section, header);
        if (header.isTypeUnit()) {
            typeUnits.add(unit);
            return;
        }
        // A unit whose first entry cannot be read is of no use: find out now.
        Die root = unit.root();
        boolean split = root.has(At.DWO_NAME) || root.has(At.GNU_DWO_NAME);
        if ((split || root.tag() == Tag.SKELETON_UNIT) && !splitTold) {
            // Once: all units are built in the same way, and there may be hundreds.
            splitTold = true;
            problems.add(
                    "the debug information of "
                            + root.string(At.NAME)
                                    .or(() -> root.string(At.DWO_NAME))
                                    .or(() -> root.string(At.GNU_DWO_NAME))
                                    .orElse("?")
                            + ", and of all units built like it, is in separate .dwo files, which"
                            + " are not supported: build without -gsplit-dwarf");
        }
        units.add(unit);
    }

    public Problems problems() {
        return problems;
    }

    public ElfFile elf() {
        return elf;
    }

    /** Compilation and partial units in file order, without type units. */
    public List<Unit> units() {
        return units;
    }

    /** All units, type units last. */
    public List<Unit> allUnits() {
        List<Unit> all = new ArrayList<>(units);
        all.addAll(typeUnits);
        return all;
    }

    public Slice section(String name) {
        return elf.contents(name);
    }

    boolean isLoaded(long address) {
        return elf.isLoaded(address);
    }

    AbbreviationTable abbreviations(long offset) {
        return abbreviations.computeIfAbsent(
                offset, at -> new AbbreviationTable(section(".debug_abbrev"), at));
    }

    /** The entry at an offset of .debug_info. */
    public Die dieAt(long offset) {
        int low = 0;
        int high = units.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Unit unit = units.get(middle);
            if (offset < unit.offset()) {
                high = middle - 1;
            } else if (offset >= unit.end()) {
                low = middle + 1;
            } else {
                return unit.dieAt(offset);
            }
        }
        throw new MalformedException(String.format(".debug_info: no unit holds 0x%x", offset));
    }

    Die typeBySignature(long signature) {
        if (bySignature == null) {
            bySignature = new HashMap<>();
            for (Unit unit : typeUnits) {
                bySignature.putIfAbsent(unit.header().typeSignature(), unit);
            }
        }
        Unit unit = bySignature.get(signature);
        if (unit == null) {
            throw new MalformedException(
                    String.format("no type unit has the signature 0x%016x", signature));
        }
        return unit.dieAt(unit.offset() + unit.header().typeOffset());
    }

    /** Entry {@code index} of the unit's part of .debug_addr. */
    public long address(Unit unit, long index) {
        long base =
                unit.root()
                        .sectionOffset(At.ADDR_BASE)
                        .orElseGet(() -> unit.root().sectionOffset(At.GNU_ADDR_BASE).orElse(8));
        checkIndex(index, ".debug_addr");
        return section(".debug_addr").cursor(base + index * unit.addressSize()).u32();
    }

    private static void checkIndex(long index, String section) {
        if (index < 0 || index > Integer.MAX_VALUE) {
            throw new MalformedException(section + ": index " + index + " is too big");
        }
    }

    /** Decodes a string attribute; empty when the form is not that of a string. */
    Optional<String> string(Unit unit, int form, Cursor cursor) {
        switch (form) {
            case Form.STRING:
                return Optional.of(cursor.cString());
            case Form.STRP:
                return stringAt(".debug_str", cursor.unsigned(unit.offsetSize()));
            case Form.LINE_STRP:
                return stringAt(".debug_line_str", cursor.unsigned(unit.offsetSize()));
            case Form.STRX:
            case Form.GNU_STR_INDEX:
                return indexedString(unit, cursor.uleb());
            case Form.STRX1:
            case Form.STRX2:
            case Form.STRX3:
            case Form.STRX4:
                return indexedString(unit, cursor.unsigned(Form.fixedSize(form, 5, 4, 4)));
            case Form.STRP_SUP:
            case Form.GNU_STRP_ALT:
                problems.add(
                        "names in a supplementary debug file (dwz) are not supported: do not run"
                                + " dwz on the firmware");
                return Optional.empty();
            default:
                return Optional.empty();
        }
    }

    Optional<String> stringAt(String section, long offset) {
        return Optional.of(section(section).cursor(offset).cString());
    }

    private Optional<String> indexedString(Unit unit, long index) {
        checkIndex(index, ".debug_str_offsets");
        long base = unit.root().sectionOffset(At.STR_OFFSETS_BASE).orElse(2L * unit.offsetSize());
        Cursor cursor = section(".debug_str_offsets").cursor(base + index * unit.offsetSize());
        return stringAt(".debug_str", cursor.unsigned(unit.offsetSize()));
    }
}
