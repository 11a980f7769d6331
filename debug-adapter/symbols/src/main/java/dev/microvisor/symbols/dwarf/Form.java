package dev.microvisor.symbols.dwarf;

import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;

/** How an attribute is stored (DWARF 5 section 7.5.6): sizes only, meanings are in {@link Die}. */
final class Form {
    static final int ADDR = 0x01;
    static final int BLOCK2 = 0x03;
    static final int BLOCK4 = 0x04;
    static final int DATA2 = 0x05;
    static final int DATA4 = 0x06;
    static final int DATA8 = 0x07;
    static final int STRING = 0x08;
    static final int BLOCK = 0x09;
    static final int BLOCK1 = 0x0A;
    static final int DATA1 = 0x0B;
    static final int FLAG = 0x0C;
    static final int SDATA = 0x0D;
    static final int STRP = 0x0E;
    static final int UDATA = 0x0F;
    static final int REF_ADDR = 0x10;
    static final int REF1 = 0x11;
    static final int REF2 = 0x12;
    static final int REF4 = 0x13;
    static final int REF8 = 0x14;
    static final int REF_UDATA = 0x15;
    static final int INDIRECT = 0x16;
    static final int SEC_OFFSET = 0x17;
    static final int EXPRLOC = 0x18;
    static final int FLAG_PRESENT = 0x19;
    static final int STRX = 0x1A;
    static final int ADDRX = 0x1B;
    static final int REF_SUP4 = 0x1C;
    static final int STRP_SUP = 0x1D;
    static final int DATA16 = 0x1E;
    static final int LINE_STRP = 0x1F;
    static final int REF_SIG8 = 0x20;
    static final int IMPLICIT_CONST = 0x21;
    static final int LOCLISTX = 0x22;
    static final int RNGLISTX = 0x23;
    static final int REF_SUP8 = 0x24;
    static final int STRX1 = 0x25;
    static final int STRX2 = 0x26;
    static final int STRX3 = 0x27;
    static final int STRX4 = 0x28;
    static final int ADDRX1 = 0x29;
    static final int ADDRX2 = 0x2A;
    static final int ADDRX3 = 0x2B;
    static final int ADDRX4 = 0x2C;
    static final int GNU_ADDR_INDEX = 0x1F01;
    static final int GNU_STR_INDEX = 0x1F02;
    static final int GNU_REF_ALT = 0x1F20;
    static final int GNU_STRP_ALT = 0x1F21;

    static final int VARIABLE_SIZE = -1;

    private Form() {}

    /** Bytes that a form takes, or {@link #VARIABLE_SIZE} when they must be read to be counted. */
    static int fixedSize(int form, int version, int addressSize, int offsetSize) {
        switch (form) {
            case FLAG_PRESENT:
            case IMPLICIT_CONST:
                return 0;
            case DATA1:
            case REF1:
            case FLAG:
            case STRX1:
            case ADDRX1:
                return 1;
            case DATA2:
            case REF2:
            case STRX2:
            case ADDRX2:
                return 2;
            case STRX3:
            case ADDRX3:
                return 3;
            case DATA4:
            case REF4:
            case STRX4:
            case ADDRX4:
            case REF_SUP4:
                return 4;
            case DATA8:
            case REF8:
            case REF_SIG8:
            case REF_SUP8:
                return 8;
            case DATA16:
                return 16;
            case ADDR:
                return addressSize;
            case REF_ADDR:
                return version <= 2 ? addressSize : offsetSize;
            case STRP:
            case LINE_STRP:
            case SEC_OFFSET:
            case STRP_SUP:
            case GNU_REF_ALT:
            case GNU_STRP_ALT:
                return offsetSize;
            default:
                return VARIABLE_SIZE;
        }
    }

    /** Moves over a value whose size is not fixed. */
    static void skipVariable(Cursor cursor, int form, Unit unit) {
        switch (form) {
            case STRING:
                cursor.skipCString();
                break;
            case SDATA:
            case UDATA:
            case REF_UDATA:
            case STRX:
            case ADDRX:
            case LOCLISTX:
            case RNGLISTX:
            case GNU_ADDR_INDEX:
            case GNU_STR_INDEX:
                cursor.uleb();
                break;
            case BLOCK1:
                cursor.skip(cursor.u8());
                break;
            case BLOCK2:
                cursor.skip(cursor.u16());
                break;
            case BLOCK4:
                cursor.skip(cursor.u32());
                break;
            case BLOCK:
            case EXPRLOC:
                cursor.skip(cursor.ulebInt());
                break;
            case INDIRECT:
                int actual = cursor.ulebInt();
                if (actual == INDIRECT) {
                    throw new MalformedException(cursor.name() + ": form that names itself");
                }
                unit.skip(cursor, actual);
                break;
            default:
                throw new MalformedException(
                        String.format(
                                "%s: unknown attribute form 0x%x at 0x%x",
                                cursor.name(), form, cursor.offset()));
        }
    }
}
