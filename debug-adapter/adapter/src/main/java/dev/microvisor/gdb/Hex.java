package dev.microvisor.gdb;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Numbers and bytes as the protocol writes them. */
final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    static String bytes(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    static byte[] bytes(String hex) throws BadCommandException {
        try {
            return FORMAT.parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new BadCommandException("not hexadecimal bytes: " + hex);
        }
    }

    /** A register: its four bytes in target order, least significant first. */
    static String word(int value) {
        return String.format("%08x", Integer.reverseBytes(value));
    }

    static int word(String hex) throws BadCommandException {
        if (hex.length() != 8) {
            throw new BadCommandException("a register has 8 digits, not " + hex);
        }
        return Integer.reverseBytes((int) number(hex));
    }

    /** A number in the usual order of digits: addresses, lengths. */
    static long number(String hex) throws BadCommandException {
        try {
            return Long.parseLong(hex, 16);
        } catch (NumberFormatException e) {
            throw new BadCommandException("not a hexadecimal number: " + hex);
        }
    }

    static String text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
