package dev.microvisor.symbols.value;

import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.EnumType;
import java.util.ArrayList;
import java.util.List;

/** Writes numbers, characters and enumerators as a C programmer reads them. */
final class ScalarText {
    private ScalarText() {}

    static String number(Value value, BaseType type, ValueFormat format) {
        if (type.encoding() == BaseType.Encoding.COMPLEX
                || type.encoding() == BaseType.Encoding.UNKNOWN) {
            return bytes(value.bytes());
        }
        if (type.isFloating()) {
            return real(value, type);
        }
        if (type.sizeBytes() > 8) {
            return bytes(value.bytes());
        }
        long number = value.asLong();
        int bits = value.isBitField() ? value.bitSize() : (int) (8 * type.sizeBytes());
        boolean isBoolean = type.encoding() == BaseType.Encoding.BOOLEAN;
        switch (format) {
            case HEXADECIMAL:
                return hexadecimal(number, bits);
            case OCTAL:
                return "0" + Long.toOctalString(masked(number, bits));
            case BINARY:
                return "0b" + Long.toBinaryString(masked(number, bits));
            case CHARACTER:
                return number + " " + character((int) number & 0xFF);
            case NATURAL:
                if (isBoolean && (number == 0 || number == 1)) {
                    return number == 1 ? "true" : "false";
                }
                if (type.isCharacter() && isText(number, type)) {
                    return number + " " + character((int) number & 0xFF);
                }
                return decimal(number, type);
            case DECIMAL:
                return decimal(number, type);
        }
        throw new AssertionError(format);
    }

    /** A {@code uint8_t} is mostly a number: its character is shown when it can be one. */
    private static boolean isText(long number, BaseType type) {
        return type.name().equals("char") || (number >= 0x20 && number < 0x7F);
    }

    private static String decimal(long number, BaseType type) {
        return type.isSigned() ? Long.toString(number) : Long.toUnsignedString(number);
    }

    private static String real(Value value, BaseType type) {
        double number = value.asDouble();
        String text =
                type.sizeBytes() == 4 ? Float.toString((float) number) : Double.toString(number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String bytes(byte[] bytes) {
        StringBuilder text = new StringBuilder("0x");
        for (int i = bytes.length - 1; i >= 0; i--) {
            text.append(String.format("%02x", bytes[i]));
        }
        return text.toString();
    }

    private static long masked(long number, int bits) {
        return bits >= 64 ? number : number & (1L << bits) - 1;
    }

    static String hexadecimal(long number, int bits) {
        return "0x" + Long.toHexString(masked(number, bits));
    }

    static String enumerator(Value value, EnumType type, ValueFormat format) {
        long number = value.asLong();
        if (format == ValueFormat.HEXADECIMAL) {
            return hexadecimal(number, (int) (8 * type.sizeBytes()));
        }
        for (EnumType.Enumerator one : type.enumerators()) {
            if (one.value() == number) {
                return qualified(type, one);
            }
        }
        return type.isFlags() && number != 0 ? flags(type, number) : Long.toString(number);
    }

    private static String qualified(EnumType type, EnumType.Enumerator one) {
        return type.isCPlusPlus() && !type.name().isEmpty()
                ? type.name() + "::" + one.name()
                : one.name();
    }

    private static String flags(EnumType type, long number) {
        List<String> names = new ArrayList<>();
        long rest = number;
        for (EnumType.Enumerator one : type.enumerators()) {
            if (one.value() != 0 && (rest & one.value()) == one.value()) {
                names.add(qualified(type, one));
                rest &= ~one.value();
            }
        }
        if (names.isEmpty()) {
            return Long.toString(number);
        }
        if (rest != 0) {
            names.add("unknown: 0x" + Long.toHexString(rest));
        }
        return "(" + String.join(" | ", names) + ")";
    }

    static String character(int code) {
        return "'" + escaped(code, '\'') + "'";
    }

    /** A character as it is written between quotes. */
    static String escaped(int code, char quote) {
        switch (code) {
            case '\n':
                return "\\n";
            case '\r':
                return "\\r";
            case '\t':
                return "\\t";
            case 7:
                return "\\a";
            case '\b':
                return "\\b";
            case '\f':
                return "\\f";
            case 0x0B:
                return "\\v";
            case 0x1B:
                return "\\033";
            case '\\':
                return "\\\\";
            default:
                break;
        }
        if (code == quote) {
            return "\\" + quote;
        }
        return code >= 0x20 && code < 0x7F
                ? String.valueOf((char) code)
                : String.format("\\%03o", code);
    }

    /** Text of single-byte characters; UTF-8 sequences stay readable. */
    static String quoted(byte[] bytes, int length) {
        StringBuilder text = new StringBuilder("\"");
        String decoded = new String(bytes, 0, length, java.nio.charset.StandardCharsets.UTF_8);
        boolean valid = decoded.indexOf('\uFFFD') < 0;
        for (int i = 0; i < (valid ? decoded.length() : length); i++) {
            int code = valid ? decoded.charAt(i) : bytes[i] & 0xFF;
            text.append(code > 0xFF || (valid && code > 0x9F) ? (char) code : escaped(code, '"'));
        }
        return text.append('"').toString();
    }
}
