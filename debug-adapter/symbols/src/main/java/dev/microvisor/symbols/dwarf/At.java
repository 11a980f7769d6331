package dev.microvisor.symbols.dwarf;

/** Attributes (DWARF 5 section 7.5.4), those that this reader asks for. */
public final class At {
    public static final int SIBLING = 0x01;
    public static final int LOCATION = 0x02;
    public static final int NAME = 0x03;
    public static final int BYTE_SIZE = 0x0B;
    public static final int BIT_OFFSET = 0x0C;
    public static final int BIT_SIZE = 0x0D;
    public static final int STMT_LIST = 0x10;
    public static final int LOW_PC = 0x11;
    public static final int HIGH_PC = 0x12;
    public static final int LANGUAGE = 0x13;
    public static final int COMP_DIR = 0x1B;
    public static final int CONST_VALUE = 0x1C;
    public static final int CONTAINING_TYPE = 0x1D;
    public static final int INLINE = 0x20;
    public static final int PRODUCER = 0x25;
    public static final int PROTOTYPED = 0x27;
    public static final int UPPER_BOUND = 0x2F;
    public static final int LOWER_BOUND = 0x22;
    public static final int ABSTRACT_ORIGIN = 0x31;
    public static final int ARTIFICIAL = 0x34;
    public static final int COUNT = 0x37;
    public static final int DATA_MEMBER_LOCATION = 0x38;
    public static final int DECL_FILE = 0x3A;
    public static final int DECL_LINE = 0x3B;
    public static final int DECLARATION = 0x3C;
    public static final int ENCODING = 0x3E;
    public static final int EXTERNAL = 0x3F;
    public static final int FRAME_BASE = 0x40;
    public static final int SPECIFICATION = 0x47;
    public static final int TYPE = 0x49;
    public static final int VIRTUALITY = 0x4C;
    public static final int ENTRY_PC = 0x52;
    public static final int RANGES = 0x55;
    public static final int CALL_COLUMN = 0x57;
    public static final int CALL_FILE = 0x58;
    public static final int CALL_LINE = 0x59;
    public static final int SIGNATURE = 0x69;
    public static final int DATA_BIT_OFFSET = 0x6B;
    public static final int ENUM_CLASS = 0x6D;
    public static final int LINKAGE_NAME = 0x6E;
    public static final int STR_OFFSETS_BASE = 0x72;
    public static final int ADDR_BASE = 0x73;
    public static final int RNGLISTS_BASE = 0x74;
    public static final int DWO_NAME = 0x76;
    public static final int GNU_DWO_NAME = 0x2130;
    public static final int MACROS = 0x79;
    public static final int CALL_ALL_CALLS = 0x7A;
    public static final int CALL_RETURN_PC = 0x7D;
    public static final int CALL_VALUE = 0x7E;
    public static final int CALL_ORIGIN = 0x7F;
    public static final int CALL_PC = 0x81;
    public static final int CALL_TAIL_CALL = 0x82;
    public static final int CALL_TARGET = 0x83;
    public static final int CALL_DATA_VALUE = 0x86;
    public static final int NORETURN = 0x87;
    public static final int EXPORT_SYMBOLS = 0x89;
    public static final int LOCLISTS_BASE = 0x8C;
    public static final int GNU_CALL_SITE_VALUE = 0x2111;
    public static final int GNU_CALL_SITE_TARGET = 0x2113;
    public static final int GNU_TAIL_CALL = 0x2115;
    public static final int GNU_MACROS = 0x2119;
    public static final int GNU_ADDR_BASE = 0x2133;

    private At() {}
}
