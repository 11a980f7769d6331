package dev.microvisor.symbols.dwarf;

import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The macros of each unit, from .debug_macro (DWARF 5 section 6.3, and GNU's form of DWARF 4). */
public final class MacroTable {
    private static final int MAX_IMPORTS = 100_000;
    private static final int MAX_DEPTH = 64;
    private static final int OFFSET_SIZE_64 = 1;
    private static final int HAS_LINE_OFFSET = 2;
    private static final int HAS_OPCODES = 4;

    private final Map<Unit, Map<String, Macro>> byUnit = new HashMap<>();

    /** The macro of a name at the end of a unit. */
    public Optional<Macro> macro(Unit unit, String name) {
        return Optional.ofNullable(macros(unit).get(name));
    }

    /** Every name that is a macro at the end of a unit. */
    public Set<String> names(Unit unit) {
        return Collections.unmodifiableSet(macros(unit).keySet());
    }

    private Map<String, Macro> macros(Unit unit) {
        Map<String, Macro> known = byUnit.get(unit);
        if (known == null) {
            known = new HashMap<>();
            byUnit.put(unit, known);
            OptionalLong offset = unit.root().sectionOffset(At.MACROS);
            if (offset.isEmpty()) {
                offset = unit.root().sectionOffset(At.GNU_MACROS);
            }
            if (offset.isPresent()) {
                try {
                    new Reader(unit, known).read(offset.getAsLong(), 0);
                } catch (MalformedException e) {
                    unit.file().problems().add(e.getMessage() + "; the other macros are skipped");
                }
            }
        }
        return known;
    }

    /** Reads the list of one unit and the lists that it imports. */
    private static final class Reader {
        private final Unit unit;
        private final Slice section;
        private final Map<String, Macro> into;
        private int imports;

        Reader(Unit unit, Map<String, Macro> into) {
            this.unit = unit;
            this.section = unit.file().section(".debug_macro");
            this.into = into;
        }

        void read(long offset, int depth) {
            if (depth > MAX_DEPTH || ++imports > MAX_IMPORTS) {
                throw new MalformedException(".debug_macro: lists import each other without end");
            }
            Cursor cursor = section.cursor(offset);
            int version = cursor.u16();
            if (version != 4 && version != 5) {
                throw new MalformedException(".debug_macro: version " + version);
            }
            int flags = cursor.u8();
            int offsetSize = (flags & OFFSET_SIZE_64) != 0 ? 8 : 4;
            if ((flags & HAS_LINE_OFFSET) != 0) {
                cursor.skip(offsetSize);
            }
            if ((flags & HAS_OPCODES) != 0) {
                skipOpcodeTable(cursor);
            }
            for (int opcode = cursor.u8(); opcode != 0; opcode = cursor.u8()) {
                entry(opcode, cursor, offsetSize, depth);
            }
        }

        private static void skipOpcodeTable(Cursor cursor) {
            int count = cursor.u8();
            for (int i = 0; i < count; i++) {
                cursor.skip(1);
                cursor.skip(cursor.ulebInt());
            }
        }

        private void entry(int opcode, Cursor cursor, int offsetSize, int depth) {
            switch (opcode) {
                case 0x01: // DW_MACRO_define
                    cursor.uleb();
                    define(cursor.cString());
                    break;
                case 0x02: // DW_MACRO_undef
                    cursor.uleb();
                    into.remove(cursor.cString());
                    break;
                case 0x03: // DW_MACRO_start_file
                    cursor.uleb();
                    cursor.uleb();
                    break;
                case 0x04: // DW_MACRO_end_file
                    break;
                case 0x05: // DW_MACRO_define_strp
                    cursor.uleb();
                    define(string(cursor.unsigned(offsetSize)));
                    break;
                case 0x06: // DW_MACRO_undef_strp
                    cursor.uleb();
                    into.remove(string(cursor.unsigned(offsetSize)));
                    break;
                case 0x07: // DW_MACRO_import
                    read(cursor.unsigned(offsetSize), depth + 1);
                    break;
                case 0x0B: // DW_MACRO_define_strx
                    cursor.uleb();
                    indexed(cursor).ifPresent(this::define);
                    break;
                case 0x0C: // DW_MACRO_undef_strx
                    cursor.uleb();
                    indexed(cursor).ifPresent(into::remove);
                    break;
                default:
                    throw new MalformedException(
                            String.format(
                                    ".debug_macro: unknown entry 0x%02x at 0x%x",
                                    opcode, cursor.offset()));
            }
        }

        private String string(long offset) {
            return unit.file().stringAt(".debug_str", offset).orElse("");
        }

        private Optional<String> indexed(Cursor cursor) {
            return unit.file().string(unit, Form.STRX, cursor);
        }

        private void define(String definition) {
            Macro macro = Macro.of(definition);
            into.put(macro.name(), macro);
        }
    }
}
