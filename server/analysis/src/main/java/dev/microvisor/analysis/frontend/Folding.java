package dev.microvisor.analysis.frontend;

/** Arithmetic on constants. */
final class Folding {
    private Folding() {}

    /** The value of {@code left op right}, or null when it has none. */
    static Long binary(String op, long left, long right) {
        return switch (op) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> right == 0 ? null : Long.valueOf(left / right);
            case "%" -> right == 0 ? null : Long.valueOf(left % right);
            case "<<" -> right < 0 || right > 62 ? null : Long.valueOf(left << right);
            case ">>" -> right < 0 || right > 62 ? null : Long.valueOf(left >> right);
            case "&" -> left & right;
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "==" -> left == right ? 1L : 0L;
            case "!=" -> left != right ? 1L : 0L;
            case "<" -> left < right ? 1L : 0L;
            case ">" -> left > right ? 1L : 0L;
            case "<=" -> left <= right ? 1L : 0L;
            case ">=" -> left >= right ? 1L : 0L;
            case "&&" -> left != 0 && right != 0 ? 1L : 0L;
            case "||" -> left != 0 || right != 0 ? 1L : 0L;
            default -> null;
        };
    }

    /** The value of an integer literal with its suffixes, or null. */
    static Long integer(String literal) {
        String digits = literal.replace("'", "");
        int end = digits.length();
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        while (end > 0 && "uUlLzZ".indexOf(digits.charAt(end - 1)) >= 0) {
            end--;
        }
        digits = digits.substring(0, end);
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

    /** The value of a character literal. */
    static long character(String literal) {
        int start = literal.indexOf('\'') + 1;
        int end = literal.lastIndexOf('\'');
        String body = start > 0 && end > start ? literal.substring(start, end) : "";
        String text = unescape(body);
        return text.isEmpty() ? 0 : text.charAt(0);
    }

    /** The characters of a string or character literal's body. */
    static String unescape(String body) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '\\' || i + 1 >= body.length()) {
                out.append(c);
                continue;
            }
            char e = body.charAt(++i);
            switch (e) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'x' -> {
                    int value = 0;
                    while (i + 1 < body.length() && Character.digit(body.charAt(i + 1), 16) >= 0) {
                        value = value * 16 + Character.digit(body.charAt(++i), 16);
                    }
                    out.append((char) (value & 0xFF));
                }
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    int value = e - '0';
                    for (int n = 0;
                            n < 2
                                    && i + 1 < body.length()
                                    && Character.digit(body.charAt(i + 1), 8) >= 0;
                            n++) {
                        value = value * 8 + Character.digit(body.charAt(++i), 8);
                    }
                    out.append((char) (value & 0xFF));
                }
                default -> out.append(e);
            }
        }
        return out.toString();
    }
}
