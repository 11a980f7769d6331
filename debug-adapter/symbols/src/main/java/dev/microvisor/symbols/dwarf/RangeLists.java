package dev.microvisor.symbols.dwarf;

import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The addresses that an entry covers: low and high pc, .debug_ranges or .debug_rnglists. */
public final class RangeLists {
    private static final int MAX_RANGES = 1 << 20;

    private RangeLists() {}

    /** Empty for an entry without code. Ranges of code that the linker dropped are left out. */
    public static List<AddressRange> of(Die die) {
        List<AddressRange> result = new ArrayList<>();
        if (die.has(At.RANGES)) {
            if (die.unit().version() >= 5) {
                readRangeList(die, result);
            } else {
                readRanges(die, result);
            }
            return result;
        }
        OptionalLong low = die.address(At.LOW_PC);
        if (low.isPresent() && die.has(At.HIGH_PC)) {
            // The assembler leaves the Thumb bit in the addresses of functions.
            long start = low.getAsLong() & ~1L;
            OptionalLong high = die.address(At.HIGH_PC);
            long end =
                    high.isPresent()
                            ? high.getAsLong()
                            : start + die.constant(At.HIGH_PC).orElse(0);
            add(result, die, start, end);
        }
        return result;
    }

    private static void add(List<AddressRange> result, Die die, long start, long end) {
        if (end > start && end <= 0x1_0000_0000L && die.unit().file().isLoaded(start)) {
            result.add(new AddressRange(start, end));
        }
        if (result.size() > MAX_RANGES) {
            throw new MalformedException("a range list with over " + MAX_RANGES + " ranges");
        }
    }

    private static void readRanges(Die die, List<AddressRange> result) {
        Slice section = die.unit().file().section(".debug_ranges");
        Cursor cursor = section.cursor(die.sectionOffset(At.RANGES).orElse(0));
        long base = die.unit().baseAddress();
        while (true) {
            long start = cursor.u32();
            long end = cursor.u32();
            if (start == 0 && end == 0) {
                return;
            }
            if (start == 0xFFFF_FFFFL) {
                base = end;
            } else {
                add(result, die, base + start, base + end);
            }
        }
    }

    private static void readRangeList(Die die, List<AddressRange> result) {
        Unit unit = die.unit();
        Cursor cursor = unit.file().section(".debug_rnglists").cursor(listOffset(die));
        long base = unit.baseAddress();
        while (true) {
            int kind = cursor.u8();
            switch (kind) {
                case 0x00: // DW_RLE_end_of_list
                    return;
                case 0x01: // DW_RLE_base_addressx
                    base = unit.file().address(unit, cursor.uleb());
                    break;
                case 0x02: // DW_RLE_startx_endx
                    long from = unit.file().address(unit, cursor.uleb());
                    add(result, die, from, unit.file().address(unit, cursor.uleb()));
                    break;
                case 0x03: // DW_RLE_startx_length
                    long start = unit.file().address(unit, cursor.uleb());
                    add(result, die, start, start + cursor.uleb());
                    break;
                case 0x04: // DW_RLE_offset_pair
                    long offset = cursor.uleb();
                    add(result, die, base + offset, base + cursor.uleb());
                    break;
                case 0x05: // DW_RLE_base_address
                    base = cursor.u32();
                    break;
                case 0x06: // DW_RLE_start_end
                    long first = cursor.u32();
                    add(result, die, first, cursor.u32());
                    break;
                case 0x07: // DW_RLE_start_length
                    long low = cursor.u32();
                    add(result, die, low, low + cursor.uleb());
                    break;
                default:
                    throw new MalformedException(
                            String.format(
                                    "%s: unknown range list entry 0x%x at 0x%x",
                                    cursor.name(), kind, cursor.offset()));
            }
        }
    }

    private static long listOffset(Die die) {
        OptionalLong index = die.listIndex(At.RANGES);
        if (index.isEmpty()) {
            return die.sectionOffset(At.RANGES).orElse(0);
        }
        return listOffset(die.unit(), ".debug_rnglists", At.RNGLISTS_BASE, index.getAsLong());
    }

    /** Where list number {@code index} begins: the table of offsets is at the unit's base. */
    static long listOffset(Unit unit, String section, int baseAttribute, long index) {
        long base = unit.root().sectionOffset(baseAttribute).orElse(0);
        if (index < 0 || index > Integer.MAX_VALUE) {
            throw new MalformedException(section + ": list index " + index);
        }
        Cursor cursor = unit.file().section(section).cursor(base + index * unit.offsetSize());
        return base + cursor.unsigned(unit.offsetSize());
    }
}
