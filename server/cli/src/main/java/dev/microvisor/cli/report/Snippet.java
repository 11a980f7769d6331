package dev.microvisor.cli.report;

import dev.microvisor.analysis.SourceRange;

/**
 * A source line with the place underlined, as it looks on a terminal: tabs as spaces, wide
 * characters two columns wide, control characters shown instead of obeyed, a very long line cut
 * around the place.
 *
 * @param text the line as shown
 * @param indent columns before the underline
 * @param width columns of the underline, at least 1
 */
record Snippet(String text, int indent, int width) {
    private static final int TAB = 4;
    private static final int MAX_COLUMNS = 160;
    private static final int LEAD = 40;
    private static final String CUT = "…";

    static Snippet of(String line, SourceRange range) {
        int start = Math.min(Math.max(0, range.startColumn()), line.length());
        int end = range.endLine() > range.startLine() ? line.length() : range.endColumn();
        end = Math.min(Math.max(start, end), line.length());

        StringBuilder shown = new StringBuilder();
        int column = 0;
        int indent = 0;
        int endColumn = 0;
        for (int i = 0; i < line.length(); ) {
            if (i <= start) {
                indent = column;
            }
            int c = line.codePointAt(i);
            column += append(shown, c, column);
            i += Character.charCount(c);
            if (i <= end) {
                endColumn = column;
            }
        }
        if (start == line.length()) {
            indent = column;
        }
        int width = Math.max(1, endColumn - indent);
        return new Snippet(shown.toString().stripTrailing(), indent, width).cut();
    }

    /** Appends a character and says how many columns it takes. */
    private static int append(StringBuilder shown, int c, int column) {
        if (c == '\t') {
            int spaces = TAB - column % TAB;
            shown.append(" ".repeat(spaces));
            return spaces;
        }
        if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            // Also directional marks: a source must not rearrange the report about it.
            shown.append('\uFFFD');
            return 1;
        }
        shown.appendCodePoint(c);
        return columnsOf(c);
    }

    private static int columnsOf(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide =
                (c >= 0x1100 && c <= 0x115F)
                        || (c >= 0x2E80 && c <= 0xA4CF)
                        || (c >= 0xAC00 && c <= 0xD7A3)
                        || (c >= 0xF900 && c <= 0xFAFF)
                        || (c >= 0xFE30 && c <= 0xFE6F)
                        || (c >= 0xFF00 && c <= 0xFF60)
                        || (c >= 0xFFE0 && c <= 0xFFE6)
                        || (c >= 0x1F300 && c <= 0x1FAFF)
                        || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }

    /** Columns equal characters in almost every line that is too long, so cutting counts those. */
    private Snippet cut() {
        if (text.length() <= MAX_COLUMNS) {
            return this;
        }
        int from = indent + width <= MAX_COLUMNS ? 0 : Math.max(0, indent - LEAD);
        from = Math.min(from, text.length());
        int to = Math.min(text.length(), from + MAX_COLUMNS);
        String front = from > 0 ? CUT : "";
        String back = to < text.length() ? CUT : "";
        int shownIndent = indent - from + front.length();
        int shownWidth = Math.max(1, Math.min(width, to - indent));
        return new Snippet(front + text.substring(from, to) + back, shownIndent, shownWidth);
    }

    String underline() {
        return " ".repeat(indent) + "^".repeat(width);
    }
}
