package dev.microvisor.symbols.elf;

/**
 * One entry of the symbol table.
 *
 * @param value as stored: bit 0 of a function is the Thumb bit
 * @param section index of its section, or {@link #ABSOLUTE}
 */
public record Symbol(
        String name, long value, long sizeBytes, Kind kind, boolean global, int section) {
    /** Section index of symbols that are plain numbers, as the Microvisor entry points are. */
    public static final int ABSOLUTE = 0xFFF1;

    /** What a symbol stands for. */
    public enum Kind {
        NONE,
        OBJECT,
        FUNCTION,
        SECTION,
        FILE,
        OTHER
    }

    /** The address without the Thumb bit. */
    public long address() {
        return kind == Kind.FUNCTION ? value & ~1L : value;
    }

    public boolean isFunction() {
        return kind == Kind.FUNCTION;
    }

    public boolean isAbsolute() {
        return section == ABSOLUTE;
    }

    /** Mapping symbols {@code $t}, {@code $a}, {@code $d} mark where code and data begin. */
    boolean isMapping() {
        return name.length() >= 2
                && name.charAt(0) == '$'
                && "tad".indexOf(name.charAt(1)) >= 0
                && (name.length() == 2 || name.charAt(2) == '.');
    }
}
