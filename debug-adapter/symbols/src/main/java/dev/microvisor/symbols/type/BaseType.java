package dev.microvisor.symbols.type;

/** A number, character or truth value. */
public final class BaseType extends Type {
    /** How the bits are read. */
    public enum Encoding {
        SIGNED,
        UNSIGNED,
        SIGNED_CHARACTER,
        UNSIGNED_CHARACTER,
        BOOLEAN,
        FLOATING,
        COMPLEX,
        UNKNOWN
    }

    public static final BaseType INT = new BaseType("int", 4, Encoding.SIGNED);
    public static final BaseType UNSIGNED_INT = new BaseType("unsigned int", 4, Encoding.UNSIGNED);
    public static final BaseType LONG = new BaseType("long", 4, Encoding.SIGNED);
    public static final BaseType UNSIGNED_LONG =
            new BaseType("unsigned long", 4, Encoding.UNSIGNED);
    public static final BaseType LONG_LONG = new BaseType("long long", 8, Encoding.SIGNED);
    public static final BaseType UNSIGNED_LONG_LONG =
            new BaseType("unsigned long long", 8, Encoding.UNSIGNED);
    public static final BaseType SHORT = new BaseType("short", 2, Encoding.SIGNED);
    public static final BaseType UNSIGNED_SHORT =
            new BaseType("unsigned short", 2, Encoding.UNSIGNED);
    public static final BaseType SIGNED_CHAR =
            new BaseType("signed char", 1, Encoding.SIGNED_CHARACTER);

    /** Plain {@code char} is unsigned on Arm. */
    public static final BaseType CHAR = new BaseType("char", 1, Encoding.UNSIGNED_CHARACTER);

    public static final BaseType UNSIGNED_CHAR =
            new BaseType("unsigned char", 1, Encoding.UNSIGNED_CHARACTER);
    public static final BaseType BOOL = new BaseType("_Bool", 1, Encoding.BOOLEAN);
    public static final BaseType FLOAT = new BaseType("float", 4, Encoding.FLOATING);
    public static final BaseType DOUBLE = new BaseType("double", 8, Encoding.FLOATING);

    private final String name;
    private final long sizeBytes;
    private final Encoding encoding;

    public BaseType(String name, long sizeBytes, Encoding encoding) {
        this.name = name;
        this.sizeBytes = sizeBytes;
        this.encoding = encoding;
    }

    public String name() {
        return name;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    public Encoding encoding() {
        return encoding;
    }

    public boolean isFloating() {
        return encoding == Encoding.FLOATING;
    }

    public boolean isSigned() {
        return encoding == Encoding.SIGNED || encoding == Encoding.SIGNED_CHARACTER;
    }

    /** A character in C's sense: one byte that is meant to be read as text. */
    public boolean isCharacter() {
        return sizeBytes == 1
                && (encoding == Encoding.SIGNED_CHARACTER
                        || encoding == Encoding.UNSIGNED_CHARACTER);
    }
}
