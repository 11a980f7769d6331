package dev.microvisor.analysis.rules;

/** Finds conversions in the text of a format as it is written in the source. */
final class FormatWidths {
    private FormatWidths() {}

    /**
     * Offset after the percent sign of a plain {@code %s}; -1 when the conversion is another one.
     *
     * @param literal the literal as written, quotes and escapes included
     * @param index which conversion, counted as {@link Formats} counts them
     */
    static int plainText(String literal, int index) {
        int at = 0;
        int seen = 0;
        while ((at = literal.indexOf('%', at)) >= 0 && at + 1 < literal.length()) {
            char next = literal.charAt(at + 1);
            if (next == '%') {
                at += 2;
            } else if (next == '*') {
                at++;
            } else if (seen++ == index) {
                return next == 's' ? at + 1 : -1;
            } else {
                at++;
            }
        }
        return -1;
    }
}
