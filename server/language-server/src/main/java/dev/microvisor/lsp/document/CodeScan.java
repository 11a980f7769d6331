package dev.microvisor.lsp.document;

/** Tells code from comments and literals, by reading the text from its start as C does. */
public final class CodeScan {
    private static final char NONE = 0;

    private CodeScan() {}

    public static boolean isCode(String text, int offset) {
        return scan(text, offset, null) == NONE;
    }

    /** The text with comments and the insides of literals replaced by spaces: offsets stay. */
    public static String blank(String text) {
        char[] blanked = text.toCharArray();
        scan(text, text.length(), blanked);
        return new String(blanked);
    }

    /**
     * What is open at {@code end}: a quote, a slash or star for a comment, or nothing.
     *
     * @param blanked where to blank what is no code; may be null
     */
    private static char scan(String text, int end, char[] blanked) {
        char open = NONE;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : NONE;
            int width = 1;
            char before = open;
            if (open == NONE) {
                if (c == '"' || c == '\'') {
                    open = c;
                } else if (c == '/' && (next == '/' || next == '*')) {
                    open = next;
                    width = 2;
                }
            } else if (open == '*') {
                if (c == '*' && next == '/') {
                    open = NONE;
                    width = 2;
                }
            } else if (c == '\\') {
                width = 2;
            } else if (c == '\n' || (c == open && open != '/')) {
                // A literal ends at its quote or, half typed, with its line, as // does.
                open = NONE;
            }
            if (blanked != null && (before != NONE || open != NONE)) {
                blank(blanked, i, Math.min(end, i + width));
            }
            i += width - 1;
        }
        return open;
    }

    private static void blank(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] != '\n') {
                text[i] = ' ';
            }
        }
    }
}
