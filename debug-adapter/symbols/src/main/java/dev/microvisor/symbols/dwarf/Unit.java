package dev.microvisor.symbols.dwarf;

import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A compilation, partial or type unit. Not thread-safe: its file's owner guards it. */
public final class Unit {
    /** {@code DW_LANG_C_plus_plus} and those of its editions. */
    private static final Set<Long> C_PLUS_PLUS = Set.of(0x04L, 0x1AL, 0x21L, 0x2BL, 0x2CL);

    /** Unit types of DWARF 5 (section 7.5.1). */
    static final int TYPE_UNIT = 2;

    static final int SKELETON = 4;
    static final int SPLIT_COMPILE = 5;
    static final int SPLIT_TYPE = 6;

    /** Deeper than any program nests; a damaged file cannot exhaust the stack. */
    static final int MAX_DEPTH = 256;

    private final DwarfFile file;
    private final Slice section;
    private final UnitHeader header;
    private AbbreviationTable abbreviations;
    private Die root;
    private List<AddressRange> ranges;

    Unit(DwarfFile file, Slice section, UnitHeader header) {
        this.file = file;
        this.section = section;
        this.header = header;
    }

    public DwarfFile file() {
        return file;
    }

    Slice section() {
        return section;
    }

    UnitHeader header() {
        return header;
    }

    public int version() {
        return header.version();
    }

    /** Offset of the unit's header in its section. */
    public int offset() {
        return header.offset();
    }

    int end() {
        return header.end();
    }

    public int offsetSize() {
        return header.offsetSize();
    }

    public int addressSize() {
        return header.addressSize();
    }

    public boolean isTypeUnit() {
        return header.isTypeUnit();
    }

    public Die root() {
        if (root == null) {
            root = readDie(header.firstDie(), null);
            if (root == null) {
                throw new MalformedException(
                        String.format("%s: the unit at 0x%x is empty", section.name(), offset()));
            }
        }
        return root;
    }

    /** The name of the unit's main source file. */
    public String name() {
        return root().string(At.NAME).orElse("");
    }

    public String directory() {
        return root().string(At.COMP_DIR).orElse("");
    }

    /** The addresses of the unit's code. */
    public List<AddressRange> ranges() {
        if (ranges == null) {
            ranges = RangeLists.of(root());
        }
        return ranges;
    }

    /** Base address for range and location lists. */
    public long baseAddress() {
        return root().address(At.LOW_PC).orElse(0);
    }

    /** The entry at an offset in the section; its parents are known. */
    public Die dieAt(long wanted) {
        Die at = root();
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            if (at.offset() == wanted) {
                return at;
            }
            at = childHolding(at, wanted);
        }
        throw new MalformedException(section.name() + ": entries are nested too deep");
    }

    private Die childHolding(Die parent, long wanted) {
        List<Die> children = parent.children();
        int low = 0;
        int high = children.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (children.get(middle).offset() <= wanted) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (children.isEmpty() || children.get(low).offset() > wanted) {
            throw new MalformedException(
                    String.format("%s: no entry at 0x%x", section.name(), wanted));
        }
        return children.get(low);
    }

    /** Reads one entry; null for the mark that ends a list of children. */
    Die readDie(int at, Die parent) {
        Cursor cursor = section.cursor(at, end());
        long code = cursor.uleb();
        if (code == 0) {
            return null;
        }
        Abbreviation abbreviation = abbreviations().get(code, cursor);
        int[] positions = new int[abbreviation.forms.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = cursor.offset();
            skip(cursor, abbreviation.forms[i]);
        }
        return new Die(this, at, abbreviation, positions, cursor.offset(), parent);
    }

    /** The offset after an entry's children, for one that does not say where its sibling is. */
    int skipChildren(int firstChild) {
        Cursor cursor = section.cursor(firstChild, end());
        int depth = 1;
        while (depth > 0) {
            long code = cursor.uleb();
            if (code == 0) {
                depth--;
                continue;
            }
            Abbreviation abbreviation = abbreviations().get(code, cursor);
            for (int form : abbreviation.forms) {
                skip(cursor, form);
            }
            if (abbreviation.hasChildren) {
                depth++;
            }
        }
        return cursor.offset();
    }

    void skip(Cursor cursor, int form) {
        int size = Form.fixedSize(form, version(), addressSize(), offsetSize());
        if (size >= 0) {
            cursor.skip(size);
        } else {
            Form.skipVariable(cursor, form, this);
        }
    }

    /** Reads a string stored in a form, as the file tables of .debug_line do. */
    public Optional<String> readString(Cursor cursor, int form, int offsetSize) {
        if (form == Form.STRP || form == Form.LINE_STRP) {
            String table = form == Form.STRP ? ".debug_str" : ".debug_line_str";
            return file.stringAt(table, cursor.unsigned(offsetSize));
        }
        return file.string(this, form, cursor);
    }

    /** Reads an unsigned number stored in a form. */
    public long readNumber(Cursor cursor, int form) {
        if (form == Form.UDATA) {
            return cursor.uleb();
        }
        if (form == Form.DATA1 || form == Form.DATA2 || form == Form.DATA4 || form == Form.DATA8) {
            return cursor.unsigned(Form.fixedSize(form, version(), addressSize(), offsetSize()));
        }
        throw new MalformedException(
                String.format("%s: form 0x%x is no number", cursor.name(), form));
    }

    /** Moves over a value stored in a form. */
    public void skipForm(Cursor cursor, int form) {
        skip(cursor, form);
    }

    private AbbreviationTable abbreviations() {
        if (abbreviations == null) {
            abbreviations = file.abbreviations(header.abbreviationOffset());
        }
        return abbreviations;
    }

    @Override
    public String toString() {
        return String.format("unit at 0x%x", offset());
    }

    /** Whether its source is C++. */
    public boolean isCPlusPlus() {
        return C_PLUS_PLUS.contains(root().constant(At.LANGUAGE).orElse(0L));
    }
}
