package dev.microvisor.emulator.snapshot;

/** What comes next in a file; the numbers are part of the format. */
final class Tag {
    static final int NULL = 0;

    /** Something that was there before, by its number. */
    static final int AGAIN = 1;

    static final int INTEGER = 2;
    static final int LONG = 3;
    static final int BOOLEAN = 4;
    static final int TEXT = 5;
    static final int CONSTANT = 6;
    static final int BYTES = 7;
    static final int INTEGERS = 8;
    static final int BOOLEANS = 9;
    static final int ARRAY_OF_BYTES = 10;
    static final int ARRAY_OF_INTEGERS = 11;
    static final int LIST = 12;
    static final int MAP = 13;
    static final int SET = 14;
    static final int OPTIONAL = 15;
    static final int OPTIONAL_INTEGER = 16;
    static final int OPTIONAL_LONG = 17;
    static final int INSTANT = 18;
    static final int SYSTEM_CALL = 19;
    static final int STATE = 20;

    private Tag() {}
}
