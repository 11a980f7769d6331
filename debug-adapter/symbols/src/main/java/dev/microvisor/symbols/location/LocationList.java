package dev.microvisor.symbols.location;

import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the expression that holds at an address: .debug_loc and .debug_loclists. */
public final class LocationList {
    private static final int MAX_ENTRIES = 1 << 16;

    private LocationList() {}

    /**
     * The expression of an attribute at an address; empty when the attribute is absent or has
     * nothing to say there.
     */
    public static Optional<Slice> find(Die die, int attribute, long pc) {
        Optional<Slice> single = die.block(attribute);
        if (single.isPresent()) {
            return single;
        }
        OptionalLong offset = die.listOffset(attribute);
        if (offset.isEmpty()) {
            return Optional.empty();
        }
        return die.unit().version() >= 5
                ? findInLists(die.unit(), offset.getAsLong(), pc)
                : findInOldLists(die.unit(), offset.getAsLong(), pc);
    }

    private static Optional<Slice> findInOldLists(Unit unit, long offset, long pc) {
        Slice section = unit.file().section(".debug_loc");
        Cursor cursor = section.cursor(offset);
        long base = unit.baseAddress();
        for (int i = 0; i < MAX_ENTRIES; i++) {
            long start = cursor.u32();
            long end = cursor.u32();
            if (start == 0 && end == 0) {
                return Optional.empty();
            }
            if (start == 0xFFFF_FFFFL) {
                base = end;
                continue;
            }
            int size = cursor.u16();
            if (pc >= base + start && pc < base + end) {
                return Optional.of(section.sub(cursor.offset(), size, "expression"));
            }
            cursor.skip(size);
        }
        throw new MalformedException(".debug_loc: a list of over " + MAX_ENTRIES + " entries");
    }

    private static Optional<Slice> findInLists(Unit unit, long offset, long pc) {
        Slice section = unit.file().section(".debug_loclists");
        Cursor cursor = section.cursor(offset);
        long base = unit.baseAddress();
        Optional<Slice> fallback = Optional.empty();
        for (int i = 0; i < MAX_ENTRIES; i++) {
            int kind = cursor.u8();
            long start = 0;
            long end = 0;
            switch (kind) {
                case 0x00: // DW_LLE_end_of_list
                    return fallback;
                case 0x01: // DW_LLE_base_addressx
                    base = unit.file().address(unit, cursor.uleb());
                    continue;
                case 0x02: // DW_LLE_startx_endx
                    start = unit.file().address(unit, cursor.uleb());
                    end = unit.file().address(unit, cursor.uleb());
                    break;
                case 0x03: // DW_LLE_startx_length
                    start = unit.file().address(unit, cursor.uleb());
                    end = start + cursor.uleb();
                    break;
                case 0x04: // DW_LLE_offset_pair
                    start = base + cursor.uleb();
                    end = base + cursor.uleb();
                    break;
                case 0x05: // DW_LLE_default_location
                    int length = cursor.ulebInt();
                    fallback = Optional.of(section.sub(cursor.offset(), length, "expression"));
                    cursor.skip(length);
                    continue;
                case 0x06: // DW_LLE_base_address
                    base = cursor.u32();
                    continue;
                case 0x07: // DW_LLE_start_end
                    start = cursor.u32();
                    end = cursor.u32();
                    break;
                case 0x08: // DW_LLE_start_length
                    start = cursor.u32();
                    end = start + cursor.uleb();
                    break;
                case 0x09: // DW_LLE_GNU_view_pair
                    cursor.uleb();
                    cursor.uleb();
                    continue;
                default:
                    throw new MalformedException(
                            String.format(
                                    ".debug_loclists: unknown entry 0x%x at 0x%x",
                                    kind, cursor.offset()));
            }
            int size = cursor.ulebInt();
            if (pc >= start && pc < end) {
                return Optional.of(section.sub(cursor.offset(), size, "expression"));
            }
            cursor.skip(size);
        }
        throw new MalformedException(".debug_loclists: a list of over " + MAX_ENTRIES + " entries");
    }
}
