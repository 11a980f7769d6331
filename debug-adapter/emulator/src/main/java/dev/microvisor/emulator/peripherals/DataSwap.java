package dev.microvisor.emulator.peripherals;

/** How the order of a word's parts is turned round, as DATATYPE of HASH and AES says. */
enum DataSwap {
    WORD,
    HALFWORDS,
    BYTES,
    BITS;

    static DataSwap of(int dataType) {
        return values()[dataType];
    }

    /** Turned round; twice is the word itself. */
    int apply(int word) {
        return switch (this) {
            case WORD -> word;
            case HALFWORDS -> Integer.rotateLeft(word, 16);
            case BYTES -> Integer.reverseBytes(word);
            case BITS -> Integer.reverse(word);
        };
    }
}
