package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.type.BaseType;
import java.util.Locale;

/** Reads number literals, with the types that C gives them (C17 section 6.4.4). */
final class NumberSyntax {
    private NumberSyntax() {}

    static Node parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        try {
            boolean hexadecimal = lower.startsWith("0x");
            boolean real =
                    hexadecimal
                            ? lower.contains("p")
                            : lower.contains(".")
                                    || (lower.contains("e") && !lower.startsWith("0b"));
            return real ? real(lower) : whole(lower);
        } catch (NumberFormatException e) {
            throw new ExpressionException("'" + text + "' is not a number");
        }
    }

    private static Node real(String text) {
        boolean single = text.endsWith("f");
        String digits = single || text.endsWith("l") ? text.substring(0, text.length() - 1) : text;
        return new Node.Real(Double.parseDouble(digits), single ? BaseType.FLOAT : BaseType.DOUBLE);
    }

    private static Node whole(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == 'u' || text.charAt(end - 1) == 'l')) {
            end--;
        }
        String suffix = text.substring(end);
        String digits = text.substring(0, end);
        int radix = 10;
        if (digits.startsWith("0x")) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.startsWith("0b")) {
            radix = 2;
            digits = digits.substring(2);
        } else if (digits.startsWith("0") && digits.length() > 1) {
            radix = 8;
        }
        long bits = Long.parseUnsignedLong(digits, radix);
        boolean unsigned = suffix.contains("u");
        boolean wide = suffix.contains("ll") || bits >>> 32 != 0;
        boolean fitsInt = bits >>> 31 == 0;
        if (wide || (!fitsInt && !unsigned && radix == 10)) {
            return new Node.Whole(
                    bits, unsigned || bits < 0 ? BaseType.UNSIGNED_LONG_LONG : BaseType.LONG_LONG);
        }
        boolean isLong = suffix.contains("l");
        if (unsigned || !fitsInt) {
            return new Node.Whole(bits, isLong ? BaseType.UNSIGNED_LONG : BaseType.UNSIGNED_INT);
        }
        return new Node.Whole(bits, isLong ? BaseType.LONG : BaseType.INT);
    }
}
