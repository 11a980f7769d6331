package dev.microvisor.analysis.frontend;

import java.nio.charset.StandardCharsets;

/** Constants as they are written. */
final class Folding {
    private Folding() {}

    /** The value of an integer literal with its suffixes, or null. */
    static Long integer(String literal) {
        String digits = literal.replace("'", "");
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        digits = digits.substring(0, digits.length() - suffixes(digits).length());
        try {
            if (hex) {
                return Long.parseUnsignedLong(digits.substring(2), 16);
            }
            if (digits.startsWith("0b") || digits.startsWith("0B")) {
                return Long.parseUnsignedLong(digits.substring(2), 2);
            }
            if (digits.length() > 1 && digits.startsWith("0")) {
                return Long.parseUnsignedLong(digits.substring(1), 8);
            }
            return Long.parseUnsignedLong(digits, 10);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The letters at the end of an integer literal. */
    static String suffixes(String literal) {
        int end = literal.length();
        while (end > 0 && "uUlLzZ".indexOf(literal.charAt(end - 1)) >= 0) {
            end--;
        }
        return literal.substring(end);
    }

    /** The value of a character literal. */
    static long character(String literal) {
        int start = literal.indexOf('\'') + 1;
        int end = literal.lastIndexOf('\'');
        String body = start > 0 && end > start ? literal.substring(start, end) : "";
        String text = unescape(body);
        return text.isEmpty() ? 0 : text.charAt(0);
    }

    /** The bytes of a string or character literal's body, as characters from 0 to 255. */
    static String unescape(String body) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int next = body.indexOf('\\', at);
            if (next < 0 || next + 1 >= body.length()) {
                break;
            }
            out.append(utf8(body.substring(at, next)));
            at = escape(body, next + 1, out);
        }
        return out.append(utf8(body.substring(at))).toString();
    }

    /** Text as the compiler stores it, each byte a character. */
    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Reads what follows a backslash; where the text goes on after it. */
    private static int escape(String body, int at, StringBuilder out) {
        char letter = body.charAt(at);
        int digits =
                switch (letter) {
                    case 'x' -> count(body, at + 1, 16, body.length());
                    case 'u' -> count(body, at + 1, 16, 4);
                    case 'U' -> count(body, at + 1, 16, 8);
                    case '0', '1', '2', '3', '4', '5', '6', '7' -> count(body, at, 8, 3);
                    default -> 0;
                };
        if (digits == 0) {
            int simple = "abtnvfre".indexOf(letter);
            out.append(simple < 0 ? letter : "\u0007\b\t\n\u000b\f\r\u001b".charAt(simple));
            return at + 1;
        }
        int start = letter <= '7' ? at : at + 1;
        int radix = letter <= '7' ? 8 : 16;
        int value = 0;
        for (int i = start; i < start + digits; i++) {
            value = value * radix + Character.digit(body.charAt(i), radix);
        }
        if (letter != 'u' && letter != 'U') {
            out.append((char) (value & 0xFF));
        } else if (Character.isValidCodePoint(value)) {
            out.append(utf8(Character.toString(value)));
        }
        return start + digits;
    }

    private static int count(String body, int from, int radix, int most) {
        int at = from;
        while (at < body.length()
                && at - from < most
                && Character.digit(body.charAt(at), radix) >= 0) {
            at++;
        }
        return at - from;
    }
}
