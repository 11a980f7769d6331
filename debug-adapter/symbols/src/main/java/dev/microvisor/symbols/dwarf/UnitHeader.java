package dev.microvisor.symbols.dwarf;

import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;

/**
 * The header of a unit (DWARF 5 section 7.5.1).
 *
 * @param end offset after the unit in its section
 * @param typeSignature identifies a type unit's type, else 0
 * @param typeOffset where a type unit's type is, from the start of the unit
 */
record UnitHeader(
        int offset,
        int end,
        int version,
        int unitType,
        int offsetSize,
        int addressSize,
        long abbreviationOffset,
        int firstDie,
        long typeSignature,
        long typeOffset) {

    boolean isTypeUnit() {
        return unitType == Unit.TYPE_UNIT || unitType == Unit.SPLIT_TYPE;
    }

    /** The offset after a unit, read from its length alone, so that a bad unit can be skipped. */
    static int endOf(Slice section, int offset) {
        Cursor cursor = section.cursor(offset);
        long length = cursor.u32();
        if (length == 0xFFFF_FFFFL) {
            length = cursor.i64();
        } else if (length >= 0xFFFF_FFF0L) {
            throw new MalformedException(
                    String.format("%s: reserved length at 0x%x", section.name(), offset));
        }
        cursor.skip(length);
        return cursor.offset();
    }

    static UnitHeader read(Slice section, int offset, boolean inTypesSection) {
        int end = endOf(section, offset);
        Cursor cursor = section.cursor(offset, end);
        int offsetSize = 4;
        if (cursor.u32() == 0xFFFF_FFFFL) {
            cursor.skip(8);
            offsetSize = 8;
        }
        int version = cursor.u16();
        if (version < 2 || version > 5) {
            throw new MalformedException(
                    String.format(
                            "%s: the unit at 0x%x has DWARF version %d; 2 to 5 are known",
                            section.name(), offset, version));
        }
        int unitType = inTypesSection ? Unit.TYPE_UNIT : 1;
        int addressSize;
        long abbreviations;
        if (version >= 5) {
            unitType = cursor.u8();
            addressSize = cursor.u8();
            abbreviations = cursor.unsigned(offsetSize);
        } else {
            abbreviations = cursor.unsigned(offsetSize);
            addressSize = cursor.u8();
        }
        if (addressSize != 4) {
            throw new MalformedException(
                    String.format(
                            "%s: the unit at 0x%x has addresses of %d bytes",
                            section.name(), offset, addressSize));
        }
        long signature = 0;
        long typeOffset = 0;
        if (unitType == Unit.TYPE_UNIT || unitType == Unit.SPLIT_TYPE) {
            signature = cursor.i64();
            typeOffset = cursor.unsigned(offsetSize);
        } else if (unitType == Unit.SKELETON || unitType == Unit.SPLIT_COMPILE) {
            cursor.skip(8);
        }
        return new UnitHeader(
                offset,
                end,
                version,
                unitType,
                offsetSize,
                addressSize,
                abbreviations,
                cursor.offset(),
                signature,
                typeOffset);
    }
}
