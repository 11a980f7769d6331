package dev.microvisor.symbols.dwarf;

import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The abbreviations of one unit. */
final class AbbreviationTable {
    /** gcc's largest entries have about twenty attributes. */
    private static final int MAX_ATTRIBUTES = 256;

    private final Map<Long, Abbreviation> byCode = new HashMap<>();

    AbbreviationTable(Slice section, long offset) {
        Cursor cursor = section.cursor(offset);
        while (true) {
            long code = cursor.uleb();
            if (code == 0) {
                return;
            }
            byCode.put(code, read(cursor));
        }
    }

    private static Abbreviation read(Cursor cursor) {
        int tag = cursor.ulebInt();
        boolean hasChildren = cursor.u8() != 0;
        int[] names = new int[8];
        int[] forms = new int[8];
        long[] implicit = new long[8];
        int count = 0;
        while (true) {
            int name = cursor.ulebInt();
            int form = cursor.ulebInt();
            long value = form == Form.IMPLICIT_CONST ? cursor.sleb() : 0;
            if (name == 0 && form == 0) {
                break;
            }
            if (count == names.length) {
                if (count >= MAX_ATTRIBUTES) {
                    throw new MalformedException(
                            cursor.name() + ": an entry with over " + count + " attributes");
                }
                names = Arrays.copyOf(names, 2 * count);
                forms = Arrays.copyOf(forms, 2 * count);
                implicit = Arrays.copyOf(implicit, 2 * count);
            }
            names[count] = name;
            forms[count] = form;
            implicit[count] = value;
            count++;
        }
        return new Abbreviation(
                tag,
                hasChildren,
                Arrays.copyOf(names, count),
                Arrays.copyOf(forms, count),
                Arrays.copyOf(implicit, count));
    }

    Abbreviation get(long code, Cursor where) {
        Abbreviation found = byCode.get(code);
        if (found == null) {
            throw new MalformedException(
                    String.format(
                            "%s: no abbreviation %d for the entry before 0x%x",
                            where.name(), code, where.offset()));
        }
        return found;
    }
}
