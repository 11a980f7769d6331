package dev.microvisor.symbols.dwarf;

import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A debugging information entry. Attributes are decoded when they are asked for; children are read
 * at the first call. There is one object for each entry of a unit, so {@code ==} compares entries.
 */
public final class Die {
    private static final int MAX_REFERENCES = 16;

    private final Unit unit;
    private final int offset;
    private final Abbreviation abbreviation;
    private final int[] positions;
    private final int next;
    private final Die parent;
    private final int depth;
    private List<Die> children;
    private int end;

    Die(Unit unit, int offset, Abbreviation abbreviation, int[] positions, int next, Die parent) {
        this.unit = unit;
        this.offset = offset;
        this.abbreviation = abbreviation;
        this.positions = positions;
        this.next = next;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
        if (depth > Unit.MAX_DEPTH) {
            throw new MalformedException(
                    String.format("%s: entries nested too deep at 0x%x", section(), offset));
        }
    }

    public Unit unit() {
        return unit;
    }

    public int offset() {
        return offset;
    }

    public int tag() {
        return abbreviation.tag;
    }

    public Optional<Die> parent() {
        return Optional.ofNullable(parent);
    }

    private String section() {
        return unit.section().name();
    }

    public List<Die> children() {
        if (children == null) {
            List<Die> found = new ArrayList<>();
            if (abbreviation.hasChildren) {
                int at = next;
                Die child = unit.readDie(at, this);
                while (child != null) {
                    found.add(child);
                    at = child.end();
                    child = unit.readDie(at, this);
                }
                end = at + 1;
            }
            children = found;
        }
        return children;
    }

    /** The offset after this entry and its children. */
    private int end() {
        if (end == 0) {
            end = findEnd();
        }
        return end;
    }

    private int findEnd() {
        if (!abbreviation.hasChildren) {
            return next;
        }
        int sibling = abbreviation.indexOf(At.SIBLING);
        if (sibling >= 0) {
            long target = referenceOffset(sibling);
            if (target > next && target <= unit.end()) {
                return (int) target;
            }
            throw new MalformedException(
                    String.format("%s: the sibling of 0x%x is not after it", section(), offset));
        }
        return unit.skipChildren(next);
    }

    public boolean has(int attribute) {
        return abbreviation.indexOf(attribute) >= 0;
    }

    /** Whether an attribute is an expression or block (and not a reference to a list). */
    public boolean isBlock(int attribute) {
        int index = abbreviation.indexOf(attribute);
        return index >= 0 && isBlockForm(abbreviation.forms[index]);
    }

    private static boolean isBlockForm(int form) {
        return form == Form.EXPRLOC
                || form == Form.BLOCK
                || form == Form.BLOCK1
                || form == Form.BLOCK2
                || form == Form.BLOCK4;
    }

    private Cursor cursor(int index) {
        return unit.section().cursor(positions[index], unit.end());
    }

    public boolean flag(int attribute) {
        int index = abbreviation.indexOf(attribute);
        if (index < 0) {
            return false;
        }
        int form = abbreviation.forms[index];
        return form == Form.FLAG_PRESENT || (form == Form.FLAG && cursor(index).u8() != 0);
    }

    /** A number, zero-extended unless the form says that it is signed. */
    public OptionalLong constant(int attribute) {
        int index = abbreviation.indexOf(attribute);
        if (index < 0) {
            return OptionalLong.empty();
        }
        int form = abbreviation.forms[index];
        Cursor cursor = cursor(index);
        switch (form) {
            case Form.DATA1:
            case Form.DATA2:
            case Form.DATA4:
            case Form.DATA8:
                return OptionalLong.of(
                        cursor.unsigned(
                                Form.fixedSize(
                                        form,
                                        unit.version(),
                                        unit.addressSize(),
                                        unit.offsetSize())));
            case Form.SDATA:
                return OptionalLong.of(cursor.sleb());
            case Form.UDATA:
                return OptionalLong.of(cursor.uleb());
            case Form.IMPLICIT_CONST:
                return OptionalLong.of(abbreviation.implicitValues[index]);
            default:
                return OptionalLong.empty();
        }
    }

    /** Whether a constant's form says nothing about its sign, so that its type has to. */
    public boolean isPlainData(int attribute) {
        int index = abbreviation.indexOf(attribute);
        int form = index < 0 ? 0 : abbreviation.forms[index];
        return form == Form.DATA1 || form == Form.DATA2 || form == Form.DATA4 || form == Form.DATA8;
    }

    /** An offset into another section: a line table, a range or location list. */
    public OptionalLong sectionOffset(int attribute) {
        int index = abbreviation.indexOf(attribute);
        if (index < 0) {
            return OptionalLong.empty();
        }
        int form = abbreviation.forms[index];
        boolean isOffset =
                form == Form.SEC_OFFSET
                        || (unit.version() < 4 && (form == Form.DATA4 || form == Form.DATA8));
        return isOffset
                ? OptionalLong.of(
                        cursor(index)
                                .unsigned(
                                        Form.fixedSize(form, unit.version(), 4, unit.offsetSize())))
                : OptionalLong.empty();
    }

    /** The index of a list (DW_FORM_rnglistx, DW_FORM_loclistx). */
    OptionalLong listIndex(int attribute) {
        int index = abbreviation.indexOf(attribute);
        int form = index < 0 ? 0 : abbreviation.forms[index];
        return form == Form.RNGLISTX || form == Form.LOCLISTX
                ? OptionalLong.of(cursor(index).uleb())
                : OptionalLong.empty();
    }

    /** Where the location list of an attribute is in its section. */
    public OptionalLong listOffset(int attribute) {
        OptionalLong index = listIndex(attribute);
        if (index.isEmpty()) {
            return sectionOffset(attribute);
        }
        return OptionalLong.of(
                RangeLists.listOffset(
                        unit, ".debug_loclists", At.LOCLISTS_BASE, index.getAsLong()));
    }

    public OptionalLong address(int attribute) {
        int index = abbreviation.indexOf(attribute);
        if (index < 0) {
            return OptionalLong.empty();
        }
        int form = abbreviation.forms[index];
        Cursor cursor = cursor(index);
        switch (form) {
            case Form.ADDR:
                return OptionalLong.of(cursor.u32());
            case Form.ADDRX:
            case Form.GNU_ADDR_INDEX:
                return OptionalLong.of(unit.file().address(unit, cursor.uleb()));
            case Form.ADDRX1:
            case Form.ADDRX2:
            case Form.ADDRX3:
            case Form.ADDRX4:
                return OptionalLong.of(
                        unit.file().address(unit, cursor.unsigned(Form.fixedSize(form, 5, 4, 4))));
            default:
                return OptionalLong.empty();
        }
    }

    public Optional<String> string(int attribute) {
        int index = abbreviation.indexOf(attribute);
        if (index < 0) {
            return Optional.empty();
        }
        return unit.file().string(unit, abbreviation.forms[index], cursor(index));
    }

    /** An expression or block; empty when the attribute is absent or stored in another way. */
    public Optional<Slice> block(int attribute) {
        int index = abbreviation.indexOf(attribute);
        if (index < 0) {
            return Optional.empty();
        }
        Cursor cursor = cursor(index);
        long size;
        switch (abbreviation.forms[index]) {
            case Form.EXPRLOC:
            case Form.BLOCK:
                size = cursor.ulebInt();
                break;
            case Form.BLOCK1:
                size = cursor.u8();
                break;
            case Form.BLOCK2:
                size = cursor.u16();
                break;
            case Form.BLOCK4:
                size = cursor.u32();
                break;
            case Form.DATA16:
                size = 16;
                break;
            default:
                return Optional.empty();
        }
        return Optional.of(unit.section().sub(cursor.offset(), size, "expression"));
    }

    /** The entry that an attribute refers to. */
    public Optional<Die> reference(int attribute) {
        int index = abbreviation.indexOf(attribute);
        if (index < 0) {
            return Optional.empty();
        }
        int form = abbreviation.forms[index];
        if (form == Form.REF_SIG8) {
            return Optional.of(unit.file().typeBySignature(cursor(index).i64()));
        }
        if (form == Form.REF_ADDR) {
            return Optional.of(unit.file().dieAt(referenceOffset(index)));
        }
        return Optional.of(unit.dieAt(referenceOffset(index)));
    }

    private long referenceOffset(int index) {
        Cursor cursor = cursor(index);
        int form = abbreviation.forms[index];
        switch (form) {
            case Form.REF1:
            case Form.REF2:
            case Form.REF4:
            case Form.REF8:
                return unit.offset() + cursor.unsigned(Form.fixedSize(form, 4, 4, 4));
            case Form.REF_UDATA:
                return unit.offset() + cursor.uleb();
            case Form.REF_ADDR:
                return cursor.unsigned(unit.version() <= 2 ? 4 : unit.offsetSize());
            case Form.REF_SUP4:
            case Form.REF_SUP8:
            case Form.GNU_REF_ALT:
                throw new MalformedException(
                        section()
                                + ": refers to a supplementary debug file, which is not supported:"
                                + " do not run dwz on the firmware");
            default:
                throw new MalformedException(
                        String.format(
                                "%s: form 0x%x at 0x%x is no reference",
                                section(), form, cursor.offset()));
        }
    }

    /**
     * This entry, then the one it is an instance of (DW_AT_abstract_origin) or completes
     * (DW_AT_specification), and so on: where to look for an attribute that is not repeated.
     */
    public List<Die> origins() {
        List<Die> result = new ArrayList<>();
        Die at = this;
        while (at != null && result.size() < MAX_REFERENCES && !result.contains(at)) {
            result.add(at);
            Optional<Die> origin = at.reference(At.ABSTRACT_ORIGIN);
            at = origin.or(specificationOf(at)).orElse(null);
        }
        return result;
    }

    private static java.util.function.Supplier<Optional<Die>> specificationOf(Die die) {
        return () -> die.reference(At.SPECIFICATION);
    }

    /** The entry among {@link #origins()} that has the attribute. */
    public Optional<Die> having(int attribute) {
        if (has(attribute)) {
            return Optional.of(this);
        }
        return origins().stream().filter(die -> die.has(attribute)).findFirst();
    }

    /** The name, also when only the abstract origin or the declaration has it. */
    public Optional<String> name() {
        return having(At.NAME).flatMap(die -> die.string(At.NAME));
    }

    @Override
    public String toString() {
        return String.format("%s entry 0x%x", section(), offset);
    }
}
